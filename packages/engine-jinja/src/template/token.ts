/** What the parser of @huggingface/jinja reads, plus where it stood. The names of the types are the parser's. */
export type TokenType =
  | 'Text'
  | 'NumericLiteral'
  | 'StringLiteral'
  | 'Identifier'
  | 'Equals'
  | 'OpenParen'
  | 'CloseParen'
  | 'OpenStatement'
  | 'CloseStatement'
  | 'OpenExpression'
  | 'CloseExpression'
  | 'OpenSquareBracket'
  | 'CloseSquareBracket'
  | 'OpenCurlyBracket'
  | 'CloseCurlyBracket'
  | 'Comma'
  | 'Dot'
  | 'Colon'
  | 'Pipe'
  | 'AdditiveBinaryOperator'
  | 'MultiplicativeBinaryOperator'
  | 'ExponentiationBinaryOperator'
  | 'ComparisonBinaryOperator';

export interface Token {
  readonly type: TokenType;
  /** Of a string its content, of anything else its text. */
  readonly value: string;
  /** 0-based offsets into the template, UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** Something that makes a template unusable, and where. */
export interface TemplateFault {
  readonly message: string;
  readonly hint?: string;
  readonly start: number;
  readonly end: number;
}

/** Thrown inside this folder only; `parseTemplate` turns it into a value. */
export class TemplateSyntaxError extends Error {
  override readonly name = 'TemplateSyntaxError';
  readonly fault: TemplateFault;

  constructor(fault: TemplateFault) {
    super(fault.message);
    this.fault = fault;
  }
}
