import type { Miss, Misses } from './misses.js';

/** The document of what is missed, sorted by area and id. It holds names of the schema and of pages only. */
export function missesText({ examples, contexts }: Misses): string {
  return [
    '# What is answered otherwise than documented',
    '',
    'Every documented example that does not pass when what it names is there, and every one whose `@odata.context` differs, by the',
    'id of the example: version, page of the API reference, number on the page. Written by `npm run faithfulness`; the figures are in',
    '[faithfulness.md](faithfulness.md), where the reasons are counted. What the reason says of the query, the body or the answer',
    'is where the page and the schema of its time contradict each other; else it is what the service answers.',
    '',
    `## Examples that do not pass (${String(examples.length)})`,
    '',
    ...byArea(examples),
    `## Contexts that differ (${String(contexts.length)})`,
    '',
    ...byArea(contexts),
  ].join('\n');
}

function byArea(misses: readonly Miss[]): string[] {
  const areas = [...new Set(misses.map(({ area }) => area))].toSorted();
  return areas.flatMap((area) => {
    const lines = misses.filter((miss) => miss.area === area).map(({ id, why }) => `- \`${id}\`: ${why}`);
    return [`### ${area} (${String(lines.length)})`, '', ...lines.toSorted(), ''];
  });
}
