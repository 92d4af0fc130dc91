/** A CSDL XML document around the content of one schema; the content starts on line 2. */
export function schemaText(content: string, { attributes = 'Alias="self"', before = '' } = {}): string {
  return (
    '<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.01">' +
    before +
    `<edmx:DataServices><Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="org.example" ${attributes}>\n` +
    `${content}\n</Schema></edmx:DataServices></edmx:Edmx>`
  );
}
