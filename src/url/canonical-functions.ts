/** Names of the functions that take positional arguments, in lower case. [OData-URL 5.1.1.5 to 5.1.1.11] [OData-Aggregation 3.6] */
export const canonicalFunctions: ReadonlySet<string> = new Set(
  [
    'concat contains endswith indexof length matchespattern startswith substring tolower toupper trim',
    'hassubset hassubsequence',
    'date day fractionalseconds hour maxdatetime mindatetime minute month now second time',
    'totaloffsetminutes totalseconds year',
    'ceiling floor round',
    'geo.distance geo.intersects geo.length',
    'isdefined',
  ].flatMap((names) => names.split(' ')),
);
