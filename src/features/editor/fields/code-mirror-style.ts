import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Larger on touch screens. */
const FIELD_SIZE = 'var(--field-size, 0.75rem)';
const FIELD_HEIGHT = 'var(--field-height, 1.5rem)';

/** The editor's style, in the colours of the page: custom properties reach into the shadow root. */
export const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'transparent', fontSize: FIELD_SIZE },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.25rem', overflow: 'auto' },
  '.cm-content': { padding: '6px 0', caretColor: 'var(--accent-solid)' },
  '.cm-line': { padding: '0 12px 0 0', unicodeBidi: 'plaintext', textAlign: 'left' },
  '.cm-gutters': { backgroundColor: 'transparent', border: '0', color: 'var(--text-3)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '2rem', padding: '0 0.75rem 0 0.5rem', boxSizing: 'border-box' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent', color: 'inherit' },
  '&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
  '.cm-cursor': { borderLeft: '1.5px solid var(--accent-solid)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'color-mix(in oklab, var(--accent-solid) 28%, transparent)',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--line-control)',
  },
  '.cm-specialChar': { color: 'var(--warn)', backgroundColor: 'var(--warn-tint)', borderRadius: '3px' },
  // The default mark is a data: image, which the content security policy forbids.
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--warn-solid)' },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--warn-solid)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
    font: '0.75rem/1rem var(--font)',
    color: 'var(--text)',
  },
  '.cm-panels': { backgroundColor: 'var(--canvas)', color: 'var(--text)', borderColor: 'var(--line)' },
  '.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: `6px calc(${FIELD_HEIGHT} + 4px) 6px 8px`, font: '0.75rem/1rem var(--font)' },
  '.cm-panel.cm-search label': { fontSize: '0.75rem', marginRight: '8px', lineHeight: FIELD_HEIGHT },
  '.cm-panel.cm-search [name=close]': { color: 'inherit', width: FIELD_HEIGHT, height: FIELD_HEIGHT },
  '.cm-textfield, .cm-button': {
    height: FIELD_HEIGHT,
    padding: '0 8px',
    border: '1px solid var(--line-control)',
    borderRadius: '6px',
    background: 'var(--surface)',
    color: 'var(--text)',
    font: `${FIELD_SIZE}/1rem var(--font)`,
  },
  '.cm-button': { borderColor: 'var(--line-strong)' },
  '.cm-button:active': { backgroundImage: 'none', backgroundColor: 'var(--active)' },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-tint)', outline: '1px solid var(--warn-line)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--warn-line)' },
  '.cm-diagnostic': { padding: '4px 8px', borderLeft: '0' },
});

export const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.tagName], color: 'var(--syn-key)' },
  { tag: [tags.string, tags.attributeValue, tags.character], color: 'var(--syn-str)' },
  { tag: tags.number, color: 'var(--syn-num)' },
  { tag: [tags.bool, tags.null, tags.keyword, tags.attributeName], color: 'var(--syn-kw)' },
  { tag: [tags.separator, tags.angleBracket, tags.comment, tags.processingInstruction], color: 'var(--syn-punct)' },
]);
