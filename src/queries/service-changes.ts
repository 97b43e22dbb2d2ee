import type { ServiceProperties } from '@/azure/protocol/model';
import { isSameValue } from './same-value';

/** The parts of the service properties that are read and written each as a whole. */
export const SECTIONS = ['cors', 'logging', 'hourMetrics', 'minuteMetrics'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** Sections that are not the same in both. */
export const changedSections = (base: ServiceProperties, mine: ServiceProperties): SectionName[] =>
  SECTIONS.filter((name) => !isSameValue(base[name], mine[name]));
