import { elicit } from 'mxcp-ts/runtime';

// Clients get this as it stands: of the two ways to give choices titles, `enumNames` is the one of older clients.
const choices = {
  type: 'object',
  properties: {
    untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
    titledSingle: {
      type: 'string',
      oneOf: [
        { const: 'value1', title: 'First Option' },
        { const: 'value2', title: 'Second Option' },
        { const: 'value3', title: 'Third Option' },
      ],
    },
    legacyEnum: {
      type: 'string',
      enum: ['opt1', 'opt2', 'opt3'],
      enumNames: ['Option One', 'Option Two', 'Option Three'],
    },
    untitledMulti: { type: 'array', items: { type: 'string', enum: ['option1', 'option2', 'option3'] } },
    titledMulti: {
      type: 'array',
      items: {
        anyOf: [
          { const: 'value1', title: 'First Choice' },
          { const: 'value2', title: 'Second Choice' },
          { const: 'value3', title: 'Third Choice' },
        ],
      },
    },
  },
};

export async function test_elicitation_sep1330_enums() {
  const answer = await elicit('choices', 'Please choose.', choices);
  const chosen = answer.action === 'accept' ? answer.content : {};
  return `Elicitation completed: action=${answer.action}, content=${JSON.stringify(chosen)}`;
}
