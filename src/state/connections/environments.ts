import { useConnection } from './connections';

/** Characters of a custom label. */
export const LONGEST_LABEL = 12;

/** The environment of a connection, for the badge beside its name. */
export type Environment = {
  /** `PROD` */
  label: string;
  tone: 'danger' | 'warn' | 'info' | 'accent' | 'neutral';
  /** For screen readers: `production`. */
  spoken: string;
  /** True where changes ask for confirmation. */
  production: boolean;
};

const PRESETS: readonly Environment[] = [
  { label: 'DEV', tone: 'accent', spoken: 'development', production: false },
  { label: 'TEST', tone: 'info', spoken: 'test', production: false },
  { label: 'STAGING', tone: 'warn', spoken: 'staging', production: false },
  { label: 'PROD', tone: 'danger', spoken: 'production', production: true },
];

export const ENVIRONMENT_LABELS = PRESETS.map(({ label }) => label);

/** The environment of a label; undefined without one. A custom label that begins with "prod" is production, too. */
export function environmentOf(label: string | undefined): Environment | undefined {
  if (label === undefined || label.trim() === '') return undefined;
  const preset = PRESETS.find((one) => one.label === label);
  if (preset) return preset;
  const production = /^prod/i.test(label);
  return { label, tone: production ? 'danger' : 'neutral', spoken: label, production };
}

/** Index of the part of an account's name that means production; -1 without one. `product` does not. */
export const productionIn = (account: string): number => account.search(/prod(?!uct(?!ion))|prd\d*$|^prd/i);

/** Suggests a label by the account's name. */
export const suggestedEnvironment = (account: string): string | undefined =>
  productionIn(account) < 0 ? undefined : 'PROD';

/** The environment of a connection, for components. */
export const useEnvironment = (connectionId: string | undefined): Environment | undefined =>
  environmentOf(useConnection(connectionId)?.environment);
