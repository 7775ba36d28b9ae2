import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/** One OpenSearch node in a process of its own, with settings given as name=value. */
public final class Node extends org.opensearch.node.Node {
  private static final Collection<Class<? extends Plugin>> PLUGINS =
      List.of(Netty4Plugin.class, CommonAnalysisPlugin.class);

  private Node(Environment environment) {
    super(environment, PLUGINS, false);
  }

  public static void main(String[] given) throws Exception {
    Settings.Builder settings = Settings.builder();
    for (String one : given) {
      int at = one.indexOf('=');
      String value = one.substring(at + 1);
      if (value.indexOf(',') < 0) {
        settings.put(one.substring(0, at), value);
      } else {
        settings.putList(one.substring(0, at), value.split(","));
      }
    }
    Settings read = settings.build();
    Path config = Path.of(read.get("path.home")).resolve("config");
    Environment environment =
        InternalSettingsPreparer.prepareEnvironment(
            read, Map.of(), config, () -> read.get("node.name"));
    Node node = new Node(environment);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
    node.start();
    Thread.currentThread().join();
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (Exception error) {
      System.err.println(error);
    }
  }
}
