import { cli } from './cli';
import { csharp } from './csharp';
import { curl } from './curl';
import { go } from './go';
import { javascript } from './javascript';
import {
  type Dialect,
  linesOf,
  type ProgramLanguage,
  type ProgramLine,
  type ProgramName,
  type ProgramSettings,
} from './program';
import { python } from './python';

const DIALECTS: Readonly<Record<ProgramLanguage, Dialect>> = { curl, python, javascript, csharp, cli, go };

/** Languages whose programs the tests of the project run against Azurite, in `scripts/check/run-programs.test.mjs`. */
export const RUN_BY_TESTS: readonly ProgramLanguage[] = ['curl', 'javascript'];

/** A program, line by line. Its credential is a placeholder, and its account is none that exists. */
export const programLines = (
  language: ProgramLanguage,
  program: ProgramName,
  settings: ProgramSettings,
): readonly ProgramLine[] => linesOf(DIALECTS[language], program, settings);
