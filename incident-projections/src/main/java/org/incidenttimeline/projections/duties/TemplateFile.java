package org.incidenttimeline.projections.duties;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.incidenttimeline.core.duty.Anchor;
import org.incidenttimeline.core.duty.DutyClock;
import org.incidenttimeline.core.duty.Regime;
import org.incidenttimeline.core.duty.Regime.Classification;
import org.incidenttimeline.core.duty.Stage;
import org.incidenttimeline.core.duty.TimeLimit;
import org.incidenttimeline.core.event.ClassificationName;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.RegimeName;
import org.incidenttimeline.core.event.Reportability;
import org.incidenttimeline.core.event.StageName;
import org.incidenttimeline.core.event.Title;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads templates of duties, strictly: what is missing, unknown or contradictory is told by its place. */
public final class TemplateFile {
    private static final String BUILT_IN = "/duties/templates.json";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private TemplateFile() {}

    private record FileJson(List<RegimeJson> regimes) {}

    private record RegimeJson(
            RegimeName name, Title title, List<ClassificationJson> classifications, List<StageJson> stages) {}

    private record ClassificationJson(ClassificationName name, Reportability decision) {}

    private record StageJson(
            StageName name,
            Title title,
            List<ClockJson> clocks,
            Optional<List<ClassificationName>> onlyFor,
            Reference article,
            Reference reference) {}

    private record ClockJson(Anchor from, Optional<StageName> of, Optional<TimeLimit> within) {}

    /** The templates that come with the program. */
    public static List<Regime> builtIn() {
        try (var file = Objects.requireNonNull(TemplateFile.class.getResourceAsStream(BUILT_IN), BUILT_IN)) {
            return read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(BUILT_IN + " cannot be read", e);
        }
    }

    /**
     * The templates that a text in JSON gives.
     *
     * @throws InvalidValue if they are none; its message says where and why
     */
    public static List<Regime> read(String json) {
        FileJson file;
        try {
            file = MAPPER.readValue(json, FileJson.class);
        } catch (JacksonException e) {
            var cause = e.getCause() instanceof InvalidValue value ? " " + value.getMessage() : e.getOriginalMessage();
            throw new InvalidValue("must be templates of duties, but at " + place(e) + ": " + cause.strip());
        }
        return file.regimes().stream().map(TemplateFile::regime).toList();
    }

    /** The one list with the regimes of the other, which stand instead of those of the same name. */
    public static List<Regime> extended(List<Regime> one, List<Regime> other) {
        var all = new ArrayList<Regime>();
        for (var regime : one) {
            all.add(other.stream()
                    .filter(o -> o.name().equals(regime.name()))
                    .findFirst()
                    .orElse(regime));
        }
        other.stream().filter(regime -> !all.contains(regime)).forEach(all::add);
        return List.copyOf(all);
    }

    private static String place(JacksonException e) {
        var place = new StringBuilder();
        e.getPath()
                .forEach(step -> place.append('/')
                        .append(step.getPropertyName() == null ? step.getIndex() : step.getPropertyName()));
        return place.isEmpty() ? "line " + e.getLocation().getLineNr() : place.toString();
    }

    private static Regime regime(RegimeJson json) {
        try {
            return new Regime(
                    json.name(),
                    json.title(),
                    json.classifications().stream()
                            .map(c -> new Classification(c.name(), c.decision()))
                            .toList(),
                    json.stages().stream().map(TemplateFile::stage).toList());
        } catch (InvalidValue e) {
            throw new InvalidValue("must be templates of duties, but the regime " + json.name() + " " + e.getMessage());
        }
    }

    private static Stage stage(StageJson json) {
        try {
            return new Stage(
                    json.name(),
                    json.title(),
                    json.clocks().stream()
                            .map(c -> new DutyClock(c.from(), c.of(), c.within()))
                            .toList(),
                    json.onlyFor().orElse(List.of()),
                    json.article(),
                    json.reference());
        } catch (InvalidValue e) {
            throw new InvalidValue("has a stage " + json.name() + " that " + e.getMessage());
        }
    }
}
