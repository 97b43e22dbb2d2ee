import facts from './real-service.json';

/** What stands before the request of a fact: a queue, a message in it, … */
type Setup = 'queue' | 'metadata' | 'message' | 'delete queue' | 'stale' | 'fresh' | 'cors';

/** A signature; times in seconds from now. */
export type FactSas = {
  sas: 'account' | 'queue';
  ss?: string;
  srt?: string;
  sp: string;
  st?: number;
  se?: number;
};

type FactRequest = {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** With `{queue}`, `{new}` (a queue that is not there) and `{id}`. */
  path: string;
  /** With `{queue}` and `{receipt}`. */
  query: Readonly<Record<string, string>>;
  headersThatMatter: Readonly<Record<string, string>>;
  /** By default the account's key. */
  auth?: 'none' | 'wrongkey' | { bearer: string } | FactSas;
  secondary?: true;
  /** An object is a message text: so many times `a`, then the rest, as XML. */
  body: string | { a: number; then: string } | null;
};

/** What is said of the answer; nothing is said of a part that is left out. */
export type FactResponse = {
  status: number;
  code?: string;
  /** The sentence without the lines of request id and time. */
  message?: string;
  /** Elements beside code and message. */
  details?: Readonly<Record<string, string>>;
  detailsStartWith?: Readonly<Record<string, string>>;
  headers?: { present?: string[]; absent?: string[]; values?: Readonly<Record<string, string>> };
  /** Names of elements in their order, equal neighbours once; empty without a body. */
  bodyShape?: string;
  /** Without byte order mark and declaration. */
  body?: string;
  bodyIncludes?: string;
  bodyStartsWithBom?: true;
  receiptsEqual?: true;
};

/** One thing that the real service was seen to do. */
export type Fact = {
  case: string;
  setup: Setup[];
  request: FactRequest;
  response: FactResponse;
  /** A second request and a text that its answer has. */
  then?: { method: 'GET'; path: string; query: Readonly<Record<string, string>>; expect: string };
  note?: string;
  /** Recorded exchanges of the real service that show it; 0 where only documents and tests against it do. */
  recordedExchanges: number;
  source: string;
};

/** All facts, from 19,014 recorded exchanges of the official SDKs' tests with the real service (2014 to 2021). */
export const FACTS = facts as unknown as readonly Fact[];

/** True for a fact that no recording shows. */
export const isDocumentedOnly = ({ recordedExchanges }: Fact): boolean => recordedExchanges === 0;

/** The fact of that case. @throws Error when there is none. */
export function factOf(name: string): Fact {
  const fact = FACTS.find((one) => one.case === name);
  if (!fact) throw new Error(`No fact is called "${name}"`);
  return fact;
}

/** True for a fact of CORS, which a service shows to other origins only. */
export const isOfCors = ({ setup }: Fact): boolean => setup.includes('cors');

/** The body of a fact's request. */
export const bodyOf = ({ body }: FactRequest): string | undefined =>
  body === null
    ? undefined
    : typeof body === 'string'
      ? body
      : `<QueueMessage><MessageText>${'a'.repeat(body.a)}${body.then}</MessageText></QueueMessage>`;
