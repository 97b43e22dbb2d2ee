import type { LanguageName } from '../language';

/** What a line of a program does; the film knows which of these a worker is at. */
export type Stage =
  | 'create'
  | 'send'
  | 'peek'
  | 'receive'
  | 'peekAgain'
  | 'count'
  | 'wait'
  | 'work'
  | 'extend'
  | 'note'
  | 'copy'
  | 'moved'
  | 'delete'
  | 'redrive';

/**
 * Programs of the lab. `first`, `look` and `monitor`: what a person does by hand, one call after the other. `worker`: a loop of its
 * own. `extend`, `note`, `poison`: a worker that extends its lease, that leaves a note to the next worker, that has a rule for
 * poison messages.
 */
export type ProgramName = 'first' | 'look' | 'monitor' | 'worker' | 'extend' | 'note' | 'poison';

/** Numbers that stand in the programs. */
export type ProgramSettings = {
  /** Visibility timeout, seconds. */
  vis: number;
  /** Tries until a message goes to the poison queue. */
  tries: number;
};

/** `stage`: what the line does, where a worker can be at it; the first and the others of a statement have the same. */
export type ProgramLine = { text: string; stage?: Stage };

export type ProgramLanguage = LanguageName;

/** What a program asks before it goes on. `isNew`: no part of the work is noted in the text. */
type Question = 'found' | 'tooOften' | 'isNew' | 'isAtWork';

type Node = Stage | { loop: readonly Node[] } | { when: Question; does: readonly Node[]; otherwise?: readonly Node[] };

/** What stands around the lines of a block; the last line of a pair opens the next. */
export type Around = { begin: string; otherwise?: string; end?: string };

/** How one language says it. */
export type Dialect = {
  indent: string;
  /** Imports, clients, and what the program needs besides. */
  head: (program: ProgramName) => readonly string[];
  foot?: readonly string[];
  loop: Around;
  when: Readonly<Record<Question, (settings: ProgramSettings) => Around>>;
  stages: Readonly<Record<Stage, (settings: ProgramSettings, program: ProgramName) => readonly string[]>>;
};

const PROGRAMS: Readonly<Record<ProgramName, readonly Node[]>> = {
  first: ['create', 'send', 'receive', 'count', 'delete'],
  look: ['peek', 'receive', 'peekAgain'],
  monitor: ['peek', 'count'],
  worker: [{ loop: ['receive', { when: 'found', does: ['work', 'delete'], otherwise: ['wait'] }] }],
  extend: ['receive', { when: 'found', does: [{ when: 'isAtWork', does: ['work', 'extend'] }, 'delete'] }],
  note: ['receive', { when: 'found', does: [{ when: 'isNew', does: ['work', 'note'] }, 'extend', 'delete'] }],
  poison: [
    {
      loop: [
        'receive',
        {
          when: 'found',
          does: [{ when: 'tooOften', does: ['copy', 'moved'], otherwise: ['work', 'delete'] }],
          otherwise: ['wait'],
        },
      ],
    },
  ],
};

/** The lines of a program in one language. */
export function linesOf(dialect: Dialect, program: ProgramName, settings: ProgramSettings): ProgramLine[] {
  const lines: ProgramLine[] = dialect.head(program).map((text) => ({ text }));
  write(PROGRAMS[program], '');
  if (program === 'poison') {
    lines.push({ text: '' });
    add('redrive', '');
  }
  for (const text of dialect.foot ?? []) lines.push({ text });
  return lines;

  function add(stage: Stage, indent: string) {
    for (const text of dialect.stages[stage](settings, program))
      lines.push(text === '' ? { text } : { text: indent + text, stage });
  }

  function write(nodes: readonly Node[], indent: string) {
    for (const node of nodes) {
      if (typeof node === 'string') add(node, indent);
      else if ('loop' in node) block(dialect.loop, [node.loop], indent);
      else block(dialect.when[node.when](settings), [node.does, node.otherwise], indent);
    }
  }

  function block(
    { begin, otherwise, end }: Around,
    [does, other]: readonly (readonly Node[] | undefined)[],
    indent: string,
  ) {
    lines.push({ text: indent + begin });
    write(does ?? [], indent + dialect.indent);
    if (other && otherwise !== undefined) {
      lines.push({ text: indent + otherwise });
      write(other, indent + dialect.indent);
    }
    if (end !== undefined) lines.push({ text: indent + end });
  }
}
