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

/** Where an account's name says that it is for production, from 0; -1 when it does not. A product is no production. */
export const productionIn = (account: string): number => account.search(/prod(?!uct(?!ion))|prd\d*$|^prd/i);

/** A guess by the account's name, to be changed by who knows. */
export const suggestedEnvironment = (account: string): string | undefined =>
  productionIn(account) < 0 ? undefined : 'PROD';

/** The environment of a connection, for components. */
export const useEnvironment = (connectionId: string | undefined): Environment | undefined =>
  environmentOf(useConnection(connectionId)?.environment);
