const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
/** The modifier of combinations, as this machine's keyboard has it. */
export const MOD = isMac ? '⌘' : 'Ctrl';

const NAMES: Record<string, string> = {
  $mod: MOD,
  Control: 'Ctrl',
  Delete: 'Del',
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Backquote: '`',
  BracketLeft: '[',
  BracketRight: ']',
  Space: 'Space',
  ' ': 'Space',
};

/** A tinykeys binding in the words of a keyboard: `$mod+k` is `Ctrl K`, `g e` is `G E`, `Shift+?` is `?`. */
export function shownKeys(binding: string): string {
  return binding
    .replace(/^Shift\+(?=[^a-z]$)/i, '')
    .split(/[\s+]/)
    .map((key) => NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join(' ');
}
