import type { Operation, SampleEncoding } from './operation';
import type { Where } from './where';

/** The languages of samples, in the order in which they are offered. */
export const LANGUAGES = [
  { value: 'curl', label: 'curl' },
  { value: 'python', label: 'Python' },
  { value: 'javascript', label: 'JavaScript' },
  { value: 'csharp', label: 'C#' },
  { value: 'cli', label: 'Azure CLI' },
  { value: 'go', label: 'Go' },
] as const;

export type LanguageName = (typeof LANGUAGES)[number]['value'];

/** What the start of a program has to bring: imports and a client. */
export type Needs = {
  where: Where;
  /** The client of one queue, the one of the account, or none for a program that sends the request itself. */
  client: 'queue' | 'service' | 'request';
  queue: string;
  /** How it proves that it may: a token of Entra ID; a connection string or a SAS; the account key on the secondary endpoint. */
  proof: 'token' | 'secret' | 'secondary';
  /** What the client writes messages from and reads them to, where they are Base64 on the wire. */
  writes?: SampleEncoding | 'bytes' | undefined;
  reads?: SampleEncoding | undefined;
  readsFile?: boolean | undefined;
};

/** The parts that samples and programs of one language are made of. Each line is one string; none has a line end at its end. */
export type Language = {
  /** Begins a comment. */
  comment: '#' | '//';
  /** A text as a literal or a word. */
  quoted: (text: string) => string;
  /** What the program of an operation needs at its start. */
  needsOf: (operation: Operation, where: Where) => Needs;
  /** The statements of one operation, on the client that a program opens. */
  call: (operation: Operation, where: Where) => string[];
  /** A whole program of these statements: imports, the client, the credential from the environment. */
  program: (needs: Needs, statements: readonly string[]) => string[];
};

type Line = string | false | undefined | readonly Line[];

/** The lines that there are. */
export const lines = (...all: Line[]): string[] =>
  all.flatMap((line) => (typeof line === 'string' ? [line] : Array.isArray(line) ? lines(...(line as Line[])) : []));

/** Lines one level further in. */
export const indented = (all: readonly string[], by = '  '): string[] =>
  all.map((line) => (line === '' ? line : by + line));

/** Code without its strings in double quotes, to look for the names that it uses. */
export const withoutStrings = (code: readonly string[]): string => code.join('\n').replace(/"(?:\\.|[^"\\])*"/g, '""');
