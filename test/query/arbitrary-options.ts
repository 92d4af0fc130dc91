import * as fc from 'fast-check';

/** Options within `$select` of a collection of addresses, or none of the kind. */
export const optionsOfPlaces = {
  $filter: fc.constantFrom(
    undefined,
    'Zip ge 1',
    "City gt 'Bath'",
    'Tags/$count lt 2',
    'not(Zip eq 1)',
    'Inner ne null',
  ),
  $orderby: fc.constantFrom(undefined, 'City', 'Zip desc', 'Tags/$count,City desc', "indexof(City,'a')"),
  $search: fc.constantFrom(undefined, 'Rome', 'NOT Rome', 'o OR a'),
  $skip: fc.constantFrom(undefined, '0', '1', '3', '9'),
  $top: fc.constantFrom(undefined, '0', '1', '2', '9'),
  $count: fc.constantFrom(undefined, 'true', 'false'),
};
