/**
 * What brings the settings of a version to the next one: the first is for version 1. Settings that are stored and settings of a file
 * go through it. Whoever changes the meaning of a setting adds one at the end, which raises the version.
 */
export const MIGRATIONS: readonly ((settings: Record<string, unknown>) => Record<string, unknown>)[] = [];
