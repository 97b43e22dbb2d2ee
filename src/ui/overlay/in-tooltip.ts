/** True for a press on a tooltip, which lies over what it is of: a dialog is not left by it. */
export const isInTooltip = ({ target }: Event): boolean =>
  target instanceof Element && target.closest('[data-tooltip]') !== null;
