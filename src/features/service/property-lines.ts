import { diffArrays } from 'diff';
import type {
  CorsRule,
  LoggingSettings,
  MetricsSettings,
  RetentionPolicy,
  ServiceProperties,
} from '@/azure/protocol/model';
import { changedSections, type SectionName } from '@/queries/service-changes';
import { counted } from '@/words/counts';

export const SECTION_NAMES: Record<SectionName, string> = {
  cors: 'CORS rules',
  logging: 'Logging',
  hourMetrics: 'Hour metrics',
  minuteMetrics: 'Minute metrics',
};

export type DiffLine = { sign: '+' | '−' | ' '; text: string };
export type SectionDifference = { section: SectionName; lines: DiffLine[] };

/** The changes that saving would make, by section. */
export const differences = (base: ServiceProperties, mine: ServiceProperties): SectionDifference[] =>
  changedSections(base, mine).map((section) => ({
    section,
    lines: diffLines(sectionLines(section, base), sectionLines(section, mine)),
  }));

/** A section as text, one line for each setting or rule. */
export function sectionLines(section: SectionName, properties: ServiceProperties): string[] {
  if (section === 'cors') {
    return properties.cors?.length ? properties.cors.map(ruleLine) : ['no rule: no page of another origin is allowed'];
  }
  if (section === 'logging') return properties.logging ? loggingLines(properties.logging) : [];
  const metrics = properties[section];
  return metrics ? metricsLines(metrics) : [];
}

const ruleLine = (rule: CorsRule): string => `${originsLine(rule)}; ${grantLine(rule)}`;

/** The origins that a rule allows. */
export const originsLine = (rule: CorsRule): string => joined(rule.allowedOrigins, 'no origin');

/** What a rule allows them. */
export const grantLine = (rule: CorsRule): string =>
  [
    joined(rule.allowedMethods, 'no method'),
    `headers ${joined(rule.allowedHeaders, 'none')}`,
    `exposed ${joined(rule.exposedHeaders, 'none')}`,
    Number.isNaN(rule.maxAge) ? 'no age' : `${rule.maxAge} s`,
  ].join('; ');

const joined = (items: readonly string[], none: string) => (items.length === 0 ? none : items.join(', '));

const loggingLines = (logging: LoggingSettings): string[] => [
  `Version: ${logging.version}`,
  `Reads: ${onOff(logging.read)}`,
  `Writes: ${onOff(logging.write)}`,
  `Deletes: ${onOff(logging.delete)}`,
  retentionLine(logging.retention),
];

const metricsLines = (metrics: MetricsSettings): string[] => [
  `Version: ${metrics.version}`,
  `Collected: ${onOff(metrics.enabled)}`,
  ...(metrics.enabled ? [`For each operation: ${onOff(metrics.includeApis ?? false)}`] : []),
  retentionLine(metrics.retention),
];

const onOff = (on: boolean) => (on ? 'on' : 'off');

const retentionLine = ({ enabled, days }: RetentionPolicy) =>
  enabled ? `Kept: ${days === undefined ? '? days' : counted(days, 'day')}` : 'Kept: forever';

/** Lines that were removed, added and kept, by the longest common subsequence: a moved rule counts as removed and added. */
export const diffLines = (before: readonly string[], after: readonly string[]): DiffLine[] =>
  diffArrays([...before], [...after]).flatMap(({ added, removed, value }) =>
    value.map((text): DiffLine => ({ sign: added ? '+' : removed ? '−' : ' ', text })),
  );
