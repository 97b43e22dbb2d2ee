import { ChevronDown } from 'lucide-react';
import type { LessonTitle } from '@/lab/lessons/titles';
import { Button, type ButtonProps } from '@/ui/controls/button';
import { Spoken } from '@/ui/controls/spoken';

/** The button of the menu of lessons: which one is open. The menu gives it the rest of its properties. */
export const PickerButton = ({
  title,
  note,
  ...rest
}: Omit<ButtonProps, 'title'> & { title: LessonTitle; note: string }) => (
  <Button {...rest} className="ls__pick">
    <Spoken as={`${title.title}, ${note}: choose a lesson`}>
      <b className="font-semibold">{title.title}</b>
      <span className="font-normal text-text-3">{note}</span>
    </Spoken>
    <ChevronDown size={14} aria-hidden="true" />
  </Button>
);
