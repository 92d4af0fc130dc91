/** An example as far as it is looked at here, with how it was classified against the schema. */
export interface Documented extends Classified {
  readonly version: string;
  /** As the page has it, placeholders included. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly response: { readonly status: number; readonly body?: unknown };
}

/** How an example was classified against the schema. */
export interface Classified {
  readonly id: string;
  readonly method: string;
  readonly c: {
    readonly kind: string;
    /** The path by names, without keys: `/users/{}/messages`. */
    readonly template?: string;
    /** The segments of the path; navigation properties say whether they contain. */
    readonly parts?: readonly { readonly role: string; readonly contains?: boolean }[];
    /** Qualified name of the type that the URL leads to. */
    readonly type?: string;
    readonly conforms?: boolean;
    readonly methodFits?: boolean;
    readonly queryIssues?: readonly Issue[];
    readonly bodyIssues?: readonly Issue[];
    readonly responseIssues?: readonly Issue[];
    readonly flags?: readonly string[];
  };
}

/** Where an example and the schema disagree. */
export interface Issue {
  /** Its kind: `unknown-property`. */
  readonly issue: string;
  /** Which one, in a few words: `foo of microsoft.graph.bar`. */
  readonly detail?: string;
  /** Where in a body: `/value[0]/foo`. */
  readonly path?: string;
  /** Which query option. */
  readonly option?: string;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
