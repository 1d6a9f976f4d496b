package dev.hearth.sync.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.hearth.eventlog.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads JSON into records whose `RawJson` components keep their bytes. Strict: duplicate keys, trailing content,
/// values of another type and nesting beyond the limit are refused.
public final class RawJsonReader {
    private static final String SOURCE = "source";

    private final ObjectMapper mapper;

    /// `maxDepth`: how deep arrays and objects may be nested. `unknownFields`: refused or passed over.
    public RawJsonReader(int maxDepth, UnknownFields unknownFields) {
        var factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxStringLength(64 * 1024 * 1024)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        this.mapper = JsonMapper.builder(factory)
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule("raw").addDeserializer(RawJson.class, new Slice()))
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, unknownFields == UnknownFields.REFUSED)
                .build();
    }

    public enum UnknownFields {
        REFUSED,
        IGNORED
    }

    /// @throws IOException a `JacksonException` says where the JSON is not what is expected
    public <T> T read(byte[] json, Class<T> type) throws IOException {
        try (var parser = mapper.createParser(json)) {
            requireUtf8(parser, json);
            if (parser.nextToken() == null) {
                throw new JsonParseException(parser, "there is nothing");
            }
            T value = mapper.readerFor(type).withAttribute(SOURCE, json).readValue(parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "there is more than one value");
            }
            if (value == null) {
                throw JsonMappingException.from((JsonParser) null, "null is no " + type.getSimpleName());
            }
            return value;
        } catch (JsonMappingException wrapped) {
            // What is no JSON at all is said to be so, wherever it was met; a number too large is JSON.
            throw switch (wrapped.getCause()) {
                case InputCoercionException _ -> wrapped;
                case StreamReadException invalid -> invalid;
                case StreamConstraintsException invalid -> invalid;
                case null, default -> wrapped;
            };
        }
    }

    /// The parser would guess at other encodings, and leave it to others to find half a character.
    private static void requireUtf8(JsonParser parser, byte[] json) throws IOException {
        boolean marked = json.length > 0 && (json[0] & 0xff) >= 0x80;
        boolean wide = json.length > 1 && (json[0] == 0 || json[1] == 0);
        if (marked || wide) {
            throw new JsonParseException(parser, "not UTF-8");
        }
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            var bytes = ByteBuffer.wrap(json);
            var chars = CharBuffer.allocate(Math.min(json.length + 1, 8192));
            CoderResult result;
            do {
                result = decoder.decode(bytes, chars.clear(), true);
                if (result.isError()) {
                    result.throwException();
                }
            } while (result.isOverflow());
        } catch (CharacterCodingException broken) {
            throw new JsonParseException(parser, "not UTF-8");
        }
    }

    public <T> T read(RawJson json, Class<T> type) throws IOException {
        return read(json.bytes().bytes(), type);
    }

    private static final class Slice extends JsonDeserializer<RawJson> {
        @Override
        public RawJson deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            var source = (byte[]) context.getAttribute(SOURCE);
            int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
            if (parser.currentToken() == JsonToken.START_OBJECT || parser.currentToken() == JsonToken.START_ARRAY) {
                parser.skipChildren();
            } else {
                parser.finishToken();
            }
            int to = Math.toIntExact(parser.currentLocation().getByteOffset());
            return new RawJson(new Payload(Arrays.copyOfRange(source, from, to)));
        }

        /// A JSON `null` is a value like any other.
        @Override
        public RawJson getNullValue(DeserializationContext context) {
            return RawJson.of("null");
        }

        /// An absent one is not.
        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
