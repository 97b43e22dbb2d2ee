import { useEffect, useRef, useState } from 'react';
import type { EditorHandle } from './code-mirror';
import type { EditorPane } from './editor-layout';

/**
 * Brings the focus into the text. A button that goes away with what it did, or is off while that is done, would leave it nowhere.
 * `editor` belongs to the box to write in, `pane` to the layout around it.
 */
export function useFocusText() {
  const editor = useRef<EditorHandle>(null);
  const [pane, setPane] = useState<EditorPane>('message');
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (asked > 0) editor.current?.focus();
  }, [asked]);
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) editor.current?.focus();
  });
  return {
    editor,
    pane,
    setPane,
    focusText: () => {
      setPane('message');
      setAsked((count) => count + 1);
    },
  };
}
