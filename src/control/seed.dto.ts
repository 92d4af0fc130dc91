import { IsBoolean, IsIn, IsNotEmpty, IsObject, IsOptional, IsString, MaxLength } from 'class-validator';

/** What `PUT` and `DELETE /__admin/seed` take. */
export class SeedDto {
  /** Root of the service: `beta`. Needed where there is more than one. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  version?: string;

  /** Resource path without version and query: `/users/1/messages`. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(8192)
  path!: string;

  /**
   * One resource, or `{"value": […]}` where the path names a collection. Streams stand in it as in OData JSON: a stream
   * property by its name, that of a media entity as `$value`, with their types in `…@odata.mediaContentType`.
   */
  @IsObject()
  body!: Record<string, unknown>;

  /** Qualified name of the resources' type. */
  @IsOptional()
  @IsString()
  @MaxLength(400)
  type?: string;

  @IsOptional()
  @IsIn(['ensure', 'upsert'])
  mode?: 'ensure' | 'upsert';

  /** Whether what does not agree with the schema is refused rather than left out and reported. */
  @IsOptional()
  @IsBoolean()
  strict?: boolean;
}
