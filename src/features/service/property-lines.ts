import type {
  CorsRule,
  LoggingSettings,
  MetricsSettings,
  RetentionPolicy,
  ServiceProperties,
} from '@/azure/protocol/model';
import { changedSections, type SectionName } from '@/queries/service-changes';

export const SECTION_NAMES: Record<SectionName, string> = {
  cors: 'CORS rules',
  logging: 'Logging',
  hourMetrics: 'Hour metrics',
  minuteMetrics: 'Minute metrics',
};

export type DiffLine = { sign: '+' | '−' | ' '; text: string };
export type SectionDifference = { section: SectionName; lines: DiffLine[] };

/** What saving would change, section by section, in lines that a person can read. */
export const differences = (base: ServiceProperties, mine: ServiceProperties): SectionDifference[] =>
  changedSections(base, mine).map((section) => ({
    section,
    lines: diffLines(sectionLines(section, base), sectionLines(section, mine)),
  }));

/** A section in words, one line for each setting or rule. */
export function sectionLines(section: SectionName, properties: ServiceProperties): string[] {
  if (section === 'cors') {
    return properties.cors?.length ? properties.cors.map(ruleLine) : ['no rule: no page of another origin gets in'];
  }
  if (section === 'logging') return properties.logging ? loggingLines(properties.logging) : [];
  const metrics = properties[section];
  return metrics ? metricsLines(metrics) : [];
}

const ruleLine = (rule: CorsRule): string => `${originsLine(rule)}; ${grantLine(rule)}`;

/** Whom a rule lets in. */
export const originsLine = (rule: CorsRule): string => listed(rule.allowedOrigins, 'no origin');

/** What a rule lets them do. */
export const grantLine = (rule: CorsRule): string =>
  [
    listed(rule.allowedMethods, 'no method'),
    `headers ${listed(rule.allowedHeaders, 'none')}`,
    `exposed ${listed(rule.exposedHeaders, 'none')}`,
    Number.isNaN(rule.maxAge) ? 'no age' : `${rule.maxAge} s`,
  ].join('; ');

const listed = (items: readonly string[], none: string) => (items.length === 0 ? none : items.join(', '));

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
  enabled ? `Kept: ${days ?? '?'} ${days === 1 ? 'day' : 'days'}` : 'Kept: for ever';

/** Lines that went, came and stayed, by the longest common run of lines: a rule that moved goes and comes. */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const [first, ...others] = before;
  const [next, ...rest] = after;
  if (first === undefined) return after.map((text) => ({ sign: '+', text }));
  if (next === undefined) return before.map((text) => ({ sign: '−', text }));
  if (first === next) return [{ sign: ' ', text: first }, ...diffLines(others, rest)];
  const removed: DiffLine[] = [{ sign: '−', text: first }, ...diffLines(others, after)];
  const added: DiffLine[] = [{ sign: '+', text: next }, ...diffLines(before, rest)];
  return kept(added) > kept(removed) ? added : removed;
}

const kept = (lines: readonly DiffLine[]) => lines.filter(({ sign }) => sign === ' ').length;
