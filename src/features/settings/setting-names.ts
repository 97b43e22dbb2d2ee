/** The rows of the settings that are always there, by their titles, in their order. */
export const SETTING_NAMES: readonly string[] = [
  'Theme',
  'Times',
  'Row height',
  'Single keys',
  'Poison threshold',
  'Live refresh',
  'Columns',
  'Lock when it is not used',
  'Settings as a file',
];

/** Puts the focus on the first control of a setting, as soon as the settings are on screen. Gives up after five seconds. */
export async function focusSetting(name: string): Promise<void> {
  const end = performance.now() + 5000;
  while (performance.now() < end) {
    const row = document.querySelector(`[data-setting=${CSS.escape(name)}]`);
    const control = row?.querySelector<HTMLElement>(':is(input, select, button, [role=switch]):not([tabindex="-1"])');
    if (control) return control.focus();
    await new Promise(requestAnimationFrame);
  }
}
