import type { ServiceProperties } from '@/azure/protocol/model';

/** The parts of the service properties that are read and written each as a whole. */
export const SECTIONS = ['cors', 'logging', 'hourMetrics', 'minuteMetrics'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** Sections that are not the same in both. */
export const changedSections = (base: ServiceProperties, mine: ServiceProperties): SectionName[] =>
  SECTIONS.filter((name) => !isSameValue(base[name], mine[name]));

/** Same content; the order of lists counts, that of names does not, and a name without a value is as good as none. */
export function isSameValue(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) =>
    isSameValue((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]),
  );
}
