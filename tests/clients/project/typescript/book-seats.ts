import { elicit } from 'mxcp-ts/runtime';

export async function bookSeats({ show }: { show: string }): Promise<string> {
  const who = await elicit('who', `Who goes to ${show}?`, {
    type: 'object',
    properties: { name: { type: 'string', title: 'Name', minLength: 1 } },
    required: ['name'],
  });
  if (who.action !== 'accept') return `Nobody goes to ${show}: ${who.action}.`;
  const seats = await elicit('seats', `How many seats for ${who.content.name}?`, {
    type: 'object',
    properties: {
      count: { type: 'integer', minimum: 1, maximum: 4, default: 1 },
      place: { type: 'string', enum: ['stalls', 'balcony'] },
    },
    required: ['count', 'place'],
  });
  if (seats.action !== 'accept') return `No seats for ${who.content.name}: ${seats.action}.`;
  const { count, place } = seats.content;
  return `${who.content.name} goes to ${show}, with ${count} seats in the ${place}.`;
}
