import { parseJson, type EntityType, type JsonObject, type Model } from '../../edm/index.js';
import { schemaPath, selectionFor, type ReadPlan, type Result, type Selection } from '../../plan/index.js';
import type { AggregatedRow, Refined, Row } from '../../store/index.js';
import { etagOf } from '../headers/etag.js';
import type { Profile } from '../profile.js';
import { documentOf } from '../row-document.js';

import { operationMembers } from './advertised-operations.js';
import { resourcePath } from './resource-path.js';
import { writeAggregatedRow } from './aggregated-writer.js';
import { computedMembers } from './computed-members.js';
import { editPath, idMember } from './entity-links.js';
import { hangingAt } from './hanging.js';
import { mediaMembers, streamMembers } from './media-members.js';
import { absentText, close } from './member-layout.js';
import { navigationMembers, type RelatedWriter } from './navigation-writer.js';
import { showsControl } from './shown-control.js';
import type { Position } from './position.js';
import { createValueWriter } from './value-writer.js';
import type { EntityWriter, WriteOptions } from './write-options.js';

export function createEntityWriter(model: Model, profile: Profile): EntityWriter {
  const values = createValueWriter(model, profile);
  const related: RelatedWriter = { entity: writeRelated, aggregated: writeAggregated };

  function write(row: Row, options: WriteOptions): string {
    const type = typeOf(row, options);
    const { metadata } = options.format;
    const edit = metadata === 'full' ? editPath(type, row, options, model) : '';
    const url = `${options.root}/${edit}`;
    let text = `{${options.head ?? ''}`;
    const isTyped = options.alwaysType === true || showsControl(row, '@odata.type');
    if (metadata !== 'none' && (isTyped || metadata === 'full' || type !== options.declaredType)) {
      text += `"@odata.type":"#${type.qualifiedName}",`;
    }
    const showsId = metadata === 'full' || profile.idAtMinimal || showsControl(row, '@odata.id');
    if (showsId && metadata !== 'none') text += idMember(type, row, options.root);
    if (metadata === 'full') text += `"@odata.editLink":${JSON.stringify(edit)},`;
    if (options.etag !== undefined && metadata !== 'none') text += `"@odata.etag":${JSON.stringify(options.etag)},`;
    text += mediaMembers(type, row, options, () => profile.contentOf(type, documentOf(row)));
    const shown = profile.shown(type, documentOf(row), {
      preferences: options.preferences,
      isNew: options.isNew === true,
    });
    text += values.members(type, shown, positionIn(row, type, url, options));
    if (row.computed !== undefined) text += computedMembers(row.computed, options.compute ?? [], options.format);
    const select = selectionFor(options.shape.select, type);
    text += navigationMembers({ type, row, options, steps: [], select, url }, related);
    text += operationMembers({ type, isCollection: false }, url, options, model);
    return close(text);
  }

  function selectionOf(type: EntityType, { shape }: WriteOptions): Selection | undefined {
    const select = selectionFor(shape.select, type);
    if (select === undefined || !profile.alwaysSelectsKey(type)) return select;
    return new Map([...select, ...type.key.map(({ path }) => [path[0]!, undefined] as const)]);
  }

  /** The whole of an entity; complex values in it are asked for more only where there is something. */
  function positionIn(row: Row, entityType: EntityType, url: string, options: WriteOptions): Position {
    const sent = row.sent === undefined ? undefined : (parseJson(row.sent) as JsonObject);
    const { refined } = row;
    if (refined === undefined && options.shape.refined !== undefined)
      throw new Error(`The row '${row.key}' was read without what refines it.`);
    const position = {
      options,
      sent,
      pointer: '',
      select: selectionOf(entityType, options),
      ...(row.computed !== undefined && {
        isComputed: (pointer: string, name: string) => pointer === '' && row.computed!.has(name),
      }),
      ...(refined !== undefined && refining(row, stepsOf, options)),
    };
    const isFurther =
      options.format.metadata === 'full' ||
      options.embed?.some(({ within }) => within.length > 0) === true ||
      options.shape.streams?.some(({ within }) => within.length > 0) === true ||
      row.streams?.some(({ property }) => property.includes('/')) === true ||
      refined !== undefined;
    if (!isFurther) return position;
    return {
      ...position,
      furtherMembers: (type, declared, { pointer, select }) => {
        const cast = type === declared ? '' : `/${type.qualifiedName}`;
        const place = {
          type,
          row,
          options,
          steps: stepsOf(pointer),
          select,
          url: `${url}${pointer}${cast}`,
        };
        return streamMembers(place) + navigationMembers(place, related);
      },
    };
  }

  /** An entity of a type that only another service over the same data declares is shown as what is declared here. */
  function typeOf(row: Row, { declaredType }: WriteOptions): EntityType {
    const type = model.type(row.type);
    return type?.kind === 'entity' ? type : declaredType;
  }

  function writeRelated(row: Row, plan: ReadPlan, options: WriteOptions): string {
    const { head, etag, alwaysType, ...common } = options;
    const related = {
      ...common,
      declaredType: plan.type as EntityType,
      shape: plan.shape,
      embed: plan.embed,
      compute: plan.compute,
    };
    return write(row, hasEtag(row, related) ? { ...related, etag: etagOf(row) } : related);
  }

  function hasEtag(row: Row, options: WriteOptions): boolean {
    return profile.etags === 'always' || profile.hasEtag(typeOf(row, options)) || showsControl(row, '@odata.etag');
  }

  function writeAggregated(row: AggregatedRow, result: Result, options: WriteOptions): string {
    const { head, etag, alwaysType, ...common } = options;
    return writeAggregatedRow(row, result, {
      writer,
      profile,
      options: common,
      etagOf: (each) => (hasEtag(each, options) ? etagOf(each) : undefined),
      pathOf: (each) => resourcePath(typeOf(each, options), each),
    });
  }

  const writer: EntityWriter = {
    write,
    writeValue(property, value, row, { pointer, name }, options) {
      if (value === undefined) return absentText(property);
      if (value === null) return 'null';
      const type = typeOf(row, options);
      const edit = options.format.metadata === 'full' ? editPath(type, row, options, model) : '';
      const position = positionIn(row, type, `${options.root}/${edit}`, options);
      return values.value(property.type, value, name, { ...position, pointer, select: within(name, options) });
    },
    writeReference(reference, value, options, refined) {
      if (value === null) return 'null';
      const position: Position = { options, sent: undefined, pointer: '', select: within('', options) };
      if (refined === undefined) return values.value(reference.type, value, '', position);
      // The value itself has no name.
      const stepsWithin = (pointer: string) => stepsOf(pointer).slice(1);
      return values.value(reference.type, value, '', { ...position, ...refining({ refined }, stepsWithin, options) });
    },
  };
  return writer;
}

/** The names and indexes of a JSON Pointer. */
function stepsOf(pointer: string): readonly string[] {
  return pointer.slice(1).split('/');
}

function refinedAt(refined: Row['refined'], steps: readonly string[]): Refined | undefined {
  return hangingAt(refined?.get(schemaPath(steps).join('/')), steps);
}

/** What options within `$select` make of what JSON Pointers lead to. [OData-URL 5.1.4] */
function refining(
  { refined, computed: ofRow }: Pick<Row, 'refined' | 'computed'>,
  stepsTo: (pointer: string) => readonly string[],
  { shape, format }: WriteOptions,
): Required<Pick<Position, 'refinedAt' | 'computedAt' | 'isComputed'>> {
  return {
    refinedAt: (pointer) => refinedAt(refined, stepsTo(pointer)),
    isComputed(pointer, name) {
      const computed = pointer === '' ? ofRow : refinedAt(refined, stepsTo(pointer))?.computed;
      return computed?.has(name) === true;
    },
    computedAt(pointer, type) {
      const steps = stepsTo(pointer);
      const computed = refinedAt(refined, steps)?.computed;
      if (computed === undefined) return '';
      const name = schemaPath(steps).join('/');
      const { compute, steps: way } = shape.refined!.find((each) => each.name === name)!;
      const cast = way.at(-1)!.cast;
      return cast === undefined || type?.isOrDerivesFrom(cast) === true
        ? computedMembers(computed, compute, format)
        : '';
    },
  };
}

/** The shape is that of the value itself, which is looked for under its name. */
function within(name: string, { shape: { select } }: WriteOptions): Selection | undefined {
  return select === undefined ? undefined : new Map([[name, select]]);
}
