import { useConnection } from './connections';

/** Characters of a label of one's own: what fits beside a name. */
export const LONGEST_LABEL = 12;

/** Where a connection leads, as a badge beside its name says it. Colour means state, as everywhere. */
export type Environment = {
  /** `PROD` */
  label: string;
  tone: 'danger' | 'warn' | 'info' | 'accent' | 'neutral';
  /** In a name that is spoken: `production`. */
  spoken: string;
  /** True where every change deserves a second look. */
  production: boolean;
};

const PRESETS: readonly Environment[] = [
  { label: 'DEV', tone: 'accent', spoken: 'development', production: false },
  { label: 'TEST', tone: 'info', spoken: 'test', production: false },
  { label: 'STAGING', tone: 'warn', spoken: 'staging', production: false },
  { label: 'PROD', tone: 'danger', spoken: 'production', production: true },
];

/** The labels that are offered. */
export const ENVIRONMENT_LABELS = PRESETS.map(({ label }) => label);

/** What a label means; undefined for none. A label of one's own that begins with "prod" is production too. */
export function environmentOf(label: string | undefined): Environment | undefined {
  if (label === undefined || label.trim() === '') return undefined;
  const preset = PRESETS.find((one) => one.label === label);
  if (preset) return preset;
  const production = /^prod/i.test(label);
  return { label, tone: production ? 'danger' : 'neutral', spoken: label, production };
}

/** A guess by the account's name, to be changed by who knows: `prod` in it, or `prd` as a word. */
export const suggestedEnvironment = (account: string): string | undefined =>
  /prod(?!uct)|prd$|^prd/i.test(account) ? 'PROD' : undefined;

/** The environment of a connection, for components. */
export const useEnvironment = (connectionId: string | undefined): Environment | undefined =>
  environmentOf(useConnection(connectionId)?.environment);
