import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads every public topic of Index 766 to its present end, checks each value against its schema, and prints rankings.
 *
 * <pre>java -cp "lib/*" Ranking.java PERIOD PARENT        java -cp "lib/*" Ranking.java 2026-10 H44</pre>
 *
 * Settings: KAFKA_BROKERS, KAFKA_USERNAME, KAFKA_PASSWORD_FILE; CONTRACTS names the folder with asyncapi.json and schemas/.
 * Prints one JSON object: how much was read, and the rankings of the units below PARENT.
 */
public class Ranking {
  private static final String WATERMARK = "platform.watermark.v1";
  private static final String SCORE = "aggregator.unit-scored.v1";
  private static final Duration READ_WITHIN = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path CONTRACTS = Path.of(System.getenv().getOrDefault("CONTRACTS", ".."));

  private final JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final Map<String, JsonSchema> schemaOfType = new HashMap<>();
  private final Map<String, Integer> facts = new TreeMap<>();
  private final Map<String, JsonNode> latest = new HashMap<>();
  private int watermarks = 0;

  public static void main(String[] arguments) throws IOException {
    Ranking ranking = new Ranking();
    try (KafkaConsumer<String, byte[]> consumer = ranking.open()) {
      ranking.readAll(consumer, ranking.publicTopics());
    }
    System.out.println(JSON.writeValueAsString(ranking.result(arguments[0], arguments[1])));
  }

  private List<String> publicTopics() throws IOException {
    List<String> topics = new ArrayList<>();
    JSON.readTree(CONTRACTS.resolve("asyncapi.json").toFile()).get("channels").forEach(channel -> topics.add(channel.get("address").asText()));
    return topics;
  }

  private KafkaConsumer<String, byte[]> open() throws IOException {
    String username = System.getenv("KAFKA_USERNAME");
    String password = Files.readString(Path.of(System.getenv("KAFKA_PASSWORD_FILE"))).strip();
    String login = "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";";
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers", System.getenv("KAFKA_BROKERS"),
            "security.protocol", "SASL_PLAINTEXT",
            "sasl.mechanism", "SCRAM-SHA-512",
            "sasl.jaas.config", login.formatted(username, password),
            "group.id", username + ".ranking-java", // groups of an account begin with its name
            "enable.auto.commit", "false"),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Every record of the topics, each partition up to where it ends now. */
  private void readAll(KafkaConsumer<String, byte[]> consumer, List<String> topics) throws IOException {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      consumer.partitionsFor(topic).forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
      var records = consumer.poll(READ_WITHIN);
      if (records.isEmpty()) throw new IllegalStateException("nothing more came");
      for (ConsumerRecord<String, byte[]> record : records) take(record);
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) throws IOException {
    String type = new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
    if (type.equals(WATERMARK)) {
      watermarks += 1;
      return;
    }
    if (record.value() == null) {
      latest.remove(record.key()); // a compacted topic forgets this key
      return;
    }
    JsonNode value = JSON.readTree(record.value());
    var faults = schemaOf(type).validate(value);
    if (!faults.isEmpty()) throw new IllegalStateException(type + ": " + faults);
    facts.merge(record.topic(), 1, Integer::sum);
    if (type.equals(SCORE)) latest.put(record.key(), value);
  }

  private JsonSchema schemaOf(String type) throws IOException {
    if (!schemaOfType.containsKey(type)) {
      schemaOfType.put(type, schemas.getSchema(Files.readString(CONTRACTS.resolve("schemas").resolve(type + ".json"))));
    }
    return schemaOfType.get(type);
  }

  /** By level, and in it by the total and by each group, in the order of the record. */
  private ObjectNode result(String period, String parent) {
    List<JsonNode> scores = latest.values().stream()
        .filter(score -> score.get("period").asText().equals(period) && score.get("parent").asText().equals(parent))
        .sorted(Comparator.comparing(score -> score.get("unit").asText()))
        .toList();
    ObjectNode result = JSON.createObjectNode();
    result.set("facts", JSON.valueToTree(facts));
    result.put("watermarks", watermarks);
    var rankings = result.putArray("rankings");
    for (String level : new TreeSet<>(scores.stream().map(score -> score.get("level").asText()).toList())) {
      List<JsonNode> ofLevel = scores.stream().filter(score -> score.get("level").asText().equals(level)).toList();
      rank(rankings.addObject().put("level", level).put("by", "total"), ofLevel, score -> score.get("total"));
      JsonNode groups = ofLevel.get(0).get("groups");
      for (int place = 0; place < groups.size(); place++) {
        int at = place;
        rank(rankings.addObject().put("level", level).put("by", groups.get(at).get("group").asText()), ofLevel, score -> score.get("groups").get(at));
      }
    }
    return result;
  }

  /** Competition ranking ("1224") by the points as they are shown, codes in order within a rank; beside it who is apart, and why. */
  private static void rank(ObjectNode ranking, List<JsonNode> scores, Function<JsonNode, JsonNode> sumOf) {
    List<JsonNode> listed = scores.stream()
        .filter(score -> sumOf.apply(score).get("apart").isEmpty())
        .sorted(Comparator.comparingInt((JsonNode score) -> hundredths(sumOf.apply(score))).reversed())
        .toList();
    var ranked = ranking.putArray("ranked");
    for (JsonNode score : listed) {
      JsonNode sum = sumOf.apply(score);
      long better = listed.stream().filter(other -> hundredths(sumOf.apply(other)) > hundredths(sum)).count();
      ranked.addObject().put("rank", better + 1).put("unit", score.get("unit").asText()).put("points", sum.get("shown").asText());
    }
    var apart = ranking.putArray("apart");
    for (JsonNode score : scores) {
      JsonNode reasons = sumOf.apply(score).get("apart");
      if (!reasons.isEmpty()) apart.addObject().put("unit", score.get("unit").asText()).set("reasons", reasons);
    }
  }

  private static int hundredths(JsonNode sum) {
    return Integer.parseInt(sum.get("shown").asText().replace(".", ""));
  }
}
