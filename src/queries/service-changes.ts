import type { ServiceProperties } from '@/azure/protocol/model';
import { isSameValue } from './same-value';

/** Sections of the service properties; each is written as a whole. */
export const SECTIONS = ['cors', 'logging', 'hourMetrics', 'minuteMetrics'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** Sections that differ. */
export const changedSections = (base: ServiceProperties, mine: ServiceProperties): SectionName[] =>
  SECTIONS.filter((name) => !isSameValue(base[name], mine[name]));
