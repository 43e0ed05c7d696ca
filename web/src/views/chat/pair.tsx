import { Button } from '../../components/button';
import { Icon } from '../../components/icon';
import { choose, type Conversation, type Turn } from '../../state/conversation';
import { change } from '../../state/conversations';
import { useTexts } from '../../text';
import { AnswerTurn } from './answer_turn';

// Two answers side by side; the conversation goes on from the chosen one.
export function Pair({ conversation, turns, chosen, isLast }: { conversation: Conversation; turns: Turn[]; chosen: string; isLast: boolean }) {
  const t = useTexts();
  const { id, settings } = conversation;
  const ordered = [...turns].reverse(); // the first model's was added last
  return (
    <div class="pair">
      {ordered.map((turn) => (
        <div key={turn.id} class={turn.id === chosen ? 'pair-side chosen' : 'pair-side'}>
          <AnswerTurn conversationId={id} turn={turn} siblings={turn.id} at={0} isLast={isLast} schema={turn.structured ? settings.schema : ''} format={settings.format} />
          {turn.id === chosen ? (
            <p class="chosen-mark"><Icon name="check" /> {t.chat.chosen}</p>
          ) : (
            <Button icon="go" label={t.chat.continueFrom} onClick={() => change(id, (old) => choose(old, turn))} />
          )}
        </div>
      ))}
    </div>
  );
}
