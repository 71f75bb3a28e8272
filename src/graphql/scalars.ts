import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLJSON, GraphQLJSONObject, GraphQLSafeInt } from 'graphql-scalars';

/** What the scalars of schema/scalars.graphql do. */
export const scalars: Readonly<Record<string, GraphQLScalarType>> = {
  JSON: GraphQLJSON,
  JSONObject: GraphQLJSONObject,
  SafeInt: GraphQLSafeInt,
  Date: createTextScalar('Date'),
  DateTime: createTextScalar('DateTime'),
  TimeZone: createTextScalar('TimeZone'),
  Duration: createTextScalar('Duration'),
  CurrencyCode: createTextScalar('CurrencyCode'),
  URL: createTextScalar('URL'),
};

/**
 * A scalar that is text on the wire. Whether the text is a day that exists is checked where the question is parsed and not
 * here: an error there belongs to its own field, and the operation's other fields are answered.
 */
function createTextScalar(name: string): GraphQLScalarType<string, string> {
  const toText = (value: unknown): string => {
    if (typeof value === 'string') return value;
    throw new GraphQLError(`${name} must be text`, { extensions: { code: 'BAD_USER_INPUT' } });
  };
  return new GraphQLScalarType({
    name,
    serialize: toText,
    parseValue: toText,
    parseLiteral: (node) => {
      if (node.kind === Kind.STRING) return node.value;
      throw new GraphQLError(`${name} must be text`, { nodes: node, extensions: { code: 'BAD_USER_INPUT' } });
    },
  });
}
