import 'reflect-metadata';

import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Body, Controller, Get, Module, Param, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { AUDIT, COLLECTION } from '../audit.js';
import { RemoteActionAudit } from './remote-action-audit.js';

/** What one writes by hand with Nest and class-validator, without a database: what it answers is not stored. */
@Controller(COLLECTION)
class AuditController {
  @Post()
  create(@Body() audit: RemoteActionAudit): object {
    return { ...audit, id: audit.id ?? randomUUID() };
  }

  @Get(':id')
  read(@Param('id') id: string): object {
    return { ...AUDIT, id };
  }
}

@Module({ controllers: [AuditController] })
class AuditModule {}

const application = await NestFactory.create(AuditModule, { logger: ['error', 'warn', 'fatal'] });
application.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
await application.listen(0, '127.0.0.1');
const { port } = (application.getHttpServer() as Server).address() as AddressInfo;
process.stdout.write(`http://127.0.0.1:${String(port)}\n`);
