import { useEffect, useRef, useState } from 'react';
import type { EditorHandle } from '../fields/code-mirror';
import type { EditorPane } from './editor-dialog';

/**
 * Moves the focus into the text, which a button that disappears or turns off would lose. Pass `editor` to the body and
 * `pane` to the dialog.
 */
export function useFocusText() {
  const editor = useRef<EditorHandle>(null);
  const [pane, setPane] = useState<EditorPane>('message');
  const [requests, setRequests] = useState(0);
  useEffect(() => {
    if (requests > 0) editor.current?.focus();
  }, [requests]);
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
      setRequests((count) => count + 1);
    },
  };
}
