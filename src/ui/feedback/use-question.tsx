import { CircleHelp } from 'lucide-react';
import { useState } from 'react';
import { Strip } from './failure';

/** A form can be longer than its window. */
const bringIntoSight = (strip: HTMLElement | null) => strip?.scrollIntoView({ block: 'nearest' });

/**
 * A question that a form asks before it is submitted. The first press asks it, the second submits; a question with other words is
 * asked anew. Without a question the first press submits.
 */
export function useQuestion(question: string | undefined) {
  const [asked, setAsked] = useState<string>();
  const isAsked = question !== undefined && asked === question;
  return {
    /** Whether the next press submits although there is a question. */
    isAsked,
    /** False when the question has to be answered first, which it then asks. */
    mayGo: (): boolean => {
      if (question === undefined || isAsked) return true;
      setAsked(question);
      return false;
    },
    /** The question, once it is asked. */
    strip: isAsked && (
      <div ref={bringIntoSight}>
        <Strip role="alert" tone="warn" icon={<CircleHelp />} title={question}>
          Press the button again to do it all the same.
        </Strip>
      </div>
    ),
  };
}
