package dev.hearth.eventlog.http;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.hearth.contracts.Alias;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.Revision;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.contracts.Trace;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NamingResult;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Payload;
import dev.hearth.eventlog.ReadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.function.Function;

/// The port's records as CBOR (RFC 8949): payloads travel as the bytes they are.
public final class LogCbor {
    public static final String MEDIA_TYPE = "application/cbor";

    private static final ObjectMapper MAPPER = new ObjectMapper(CBORFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(64 * 1024 * 1024)
                            .build())
                    .build())
            .registerModule(new Jdk8Module())
            .registerModule(new JavaTimeModule())
            .registerModule(values())
            .enable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .addMixIn(AppendResult.class, AppendResults.class)
            .addMixIn(ReadResult.class, ReadResults.class)
            .addMixIn(OpenResult.class, OpenResults.class)
            .addMixIn(NamingResult.class, NamingResults.class)
            .addMixIn(Expectation.class, Expectations.class);

    private LogCbor() {}

    public static byte[] write(Object value, TypeReference<?> type) {
        try {
            return MAPPER.writerFor(type).writeValueAsBytes(value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// @throws IOException the bytes are not what the type says
    public static <T> T read(byte[] bytes, TypeReference<T> type) throws IOException {
        return MAPPER.readValue(bytes, type);
    }

    public static <T> T read(byte[] bytes, Class<T> type) throws IOException {
        return MAPPER.readValue(bytes, type);
    }

    private static SimpleModule values() {
        var module = new SimpleModule("values");
        as(module, StoreId.class, UUID.class, StoreId::value, StoreId::new);
        as(module, Sequence.class, Long.class, Sequence::value, Sequence::new);
        as(module, Revision.class, Long.class, Revision::value, Revision::new);
        as(module, Generation.class, Long.class, Generation::value, Generation::new);
        as(module, Alias.class, Long.class, Alias::value, Alias::new);
        as(module, EventId.class, String.class, EventId::value, EventId::new);
        as(module, StreamId.class, String.class, StreamId::value, StreamId::new);
        as(module, Principal.class, String.class, Principal::toString, Principal::parse);
        as(
                module,
                Trace.class,
                String.class,
                Trace::toString,
                text -> Trace.parse(text).orElseThrow(() -> new IllegalArgumentException("not a trace")));
        as(module, Payload.class, byte[].class, Payload::bytes, Payload::new);
        return module;
    }

    private static <T, V> void as(
            SimpleModule module, Class<T> type, Class<V> wire, Function<T, V> write, Function<V, T> read) {
        module.addSerializer(type, new StdDelegatingSerializer(type, new Conversion<>(type, wire, write)));
        module.addDeserializer(type, new StdDelegatingDeserializer<>(new Conversion<>(wire, type, read)));
    }

    /// Told its types, as a method reference does not say them.
    private static final class Conversion<I, O> extends StdConverter<I, O> {
        private final Class<I> in;
        private final Class<O> out;
        private final Function<I, O> conversion;

        Conversion(Class<I> in, Class<O> out, Function<I, O> conversion) {
            this.in = in;
            this.out = out;
            this.conversion = conversion;
        }

        @Override
        public O convert(I value) {
            return conversion.apply(value);
        }

        @Override
        public com.fasterxml.jackson.databind.JavaType getInputType(TypeFactory types) {
            return types.constructType(in);
        }

        @Override
        public com.fasterxml.jackson.databind.JavaType getOutputType(TypeFactory types) {
            return types.constructType(out);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = AppendResult.Appended.class, name = "appended"),
        @JsonSubTypes.Type(value = AppendResult.WrongHead.class, name = "wrong-head"),
        @JsonSubTypes.Type(value = AppendResult.WrongRevision.class, name = "wrong-revision"),
        @JsonSubTypes.Type(value = AppendResult.AliasNotAscending.class, name = "alias"),
        @JsonSubTypes.Type(value = AppendResult.UnknownStore.class, name = "unknown-store"),
        @JsonSubTypes.Type(value = AppendResult.Locked.class, name = "locked"),
        @JsonSubTypes.Type(value = AppendResult.OverLimit.class, name = "over-limit"),
    })
    private interface AppendResults {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ReadResult.Page.class, name = "page"),
        @JsonSubTypes.Type(value = ReadResult.UnknownStore.class, name = "unknown-store"),
        @JsonSubTypes.Type(value = ReadResult.GenerationChanged.class, name = "generation-changed"),
    })
    private interface ReadResults {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = OpenResult.Opened.class, name = "opened"),
        @JsonSubTypes.Type(value = OpenResult.NotTheOwner.class, name = "not-the-owner"),
        @JsonSubTypes.Type(value = OpenResult.NotReached.class, name = "not-reached"),
        @JsonSubTypes.Type(value = OpenResult.TooManyStores.class, name = "too-many-stores"),
    })
    private interface OpenResults {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = NamingResult.Named.class, name = "named"),
        @JsonSubTypes.Type(value = NamingResult.UnknownStore.class, name = "unknown-store"),
        @JsonSubTypes.Type(value = NamingResult.OtherFace.class, name = "other-face"),
        @JsonSubTypes.Type(value = NamingResult.NameTaken.class, name = "name-taken"),
        @JsonSubTypes.Type(value = NamingResult.TooManyNames.class, name = "too-many-names"),
    })
    private interface NamingResults {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Expectation.Any.class, name = "any"),
        @JsonSubTypes.Type(value = Expectation.AtHead.class, name = "head"),
        @JsonSubTypes.Type(value = Expectation.AtAlias.class, name = "alias"),
        @JsonSubTypes.Type(value = Expectation.NoStream.class, name = "no-stream"),
        @JsonSubTypes.Type(value = Expectation.StreamExists.class, name = "stream-exists"),
        @JsonSubTypes.Type(value = Expectation.AtRevision.class, name = "revision"),
    })
    private interface Expectations {}
}
