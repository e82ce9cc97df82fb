// The page that the real daemon shows, after some posts, under Prometheus's own checker.

#include "bot.hpp"
#include "families.hpp"
#include "promtool.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

using namespace crier::test;
namespace json = boost::json;

namespace {

/// As `curl --unix-socket` asks for it.
std::string scrape(const std::string& socket_file) {
    namespace asio = boost::asio;
    asio::io_context context;
    asio::local::stream_protocol::socket socket{context};
    socket.connect(asio::local::stream_protocol::endpoint{socket_file});
    asio::write(socket, asio::buffer(std::string{
                            "GET /metrics HTTP/1.1\r\nHost: crier\r\nConnection: close\r\n\r\n"}));
    std::string answer;
    boost::system::error_code end;
    asio::read(socket, asio::dynamic_buffer(answer), end);
    BOOST_TEST_REQUIRE(answer.starts_with("HTTP/1.1 200 "), answer.substr(0, 300));
    BOOST_TEST(answer.find("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n") !=
               std::string::npos);
    return answer.substr(answer.find("\r\n\r\n") + 4);
}

bool has(const std::string& page, const std::string& line) {
    return ("\n" + page).find("\n" + line) != std::string::npos;
}

/// A page on which every metric has something to tell, made once.
const std::string& full_page() {
    static const std::string page = [] {
        const TempDir directory;
        Sandbox sandbox{directory};
        Bot bot{directory, sandbox,
                "schedule:\n"
                "  - {name: greeting, account: news, every: 1s, post: {status: \"Hello at {{ due }}\"}}\n" +
                    blog_of(sandbox, "    post: {status: \"{{ title }}\"}\n"),
                "    limits: {per_hour: 300}\n"};
        bot.start();
        BOOST_TEST(bot.crier({"post", "by hand"}).code == 0);
        const std::string socket = directory.file("crier.sock");
        const auto says = [&](const std::string& line) { return has(scrape(socket), line); };
        const auto looked = [&] {
            return !has(scrape(socket), "crier_source_looks_total{source=\"blog\",outcome=\"unchanged\"} 0");
        };
        BOOST_TEST(eventually(looked), bot.output());
        json::object item;
        item["title"] = "An item";
        item["body"] = "Text";
        (void)sandbox.control("POST", "/sandbox/feed", item);
        BOOST_TEST(
            eventually([&] { return says("crier_source_items_total{source=\"blog\",fate=\"accepted\"} 1"); }),
            bot.output());
        BOOST_TEST(eventually([&] { return sandbox.statuses().size() >= 3; }), bot.output());
        std::string made = scrape(socket);
        BOOST_TEST(bot.stop() == 0);
        return made;
    }();
    return page;
}

/// What stands between two marks of a document, without them.
std::string between(const std::string& text, const std::string& from, const std::string& to) {
    const auto begin = text.find(from);
    const auto end = text.find(to);
    BOOST_TEST_REQUIRE((begin != std::string::npos && end != std::string::npos));
    return text.substr(begin + from.size(), end - begin - from.size());
}

std::vector<std::string> expressions_of_dashboard() {
    std::vector<std::string> found;
    const json::object dashboard = json::parse(read_source("config/grafana/crier.json")).as_object();
    for (const json::value& panel : dashboard.at("panels").as_array())
        if (const json::value* targets = panel.as_object().if_contains("targets"))
            for (const json::value& target : targets->as_array())
                found.emplace_back(target.at("expr").as_string());
    for (const json::value& mark : dashboard.at("annotations").at("list").as_array())
        found.emplace_back(mark.at("expr").as_string());
    for (const json::value& variable : dashboard.at("templating").at("list").as_array())
        if (variable.at("type").as_string() == "query")
            found.emplace_back(variable.at("definition").as_string());
    return found;
}

} // namespace

BOOST_AUTO_TEST_SUITE(monitoring_metrics)

BOOST_AUTO_TEST_CASE(the_page_passes_prometheus_own_check_and_tells_what_happened) {
    const Finished checked = promtool({"check", "metrics"}, full_page());
    BOOST_TEST(checked.code == 0, checked.out + checked.err);
    BOOST_TEST(checked.err == "");
    const std::string& page = full_page();
    BOOST_TEST(has(page, "crier_posts_accepted_total{account=\"news\",origin=\"manual\"} 1\n"));
    BOOST_TEST(has(page, "crier_account_state{account=\"news\",state=\"ok\"} 1\n"));
    BOOST_TEST(has(page, "crier_build_info{version=\"0.1.0\"} 1\n"));
    BOOST_TEST(!has(page, "crier_store_commit_seconds_count 0\n"));
    BOOST_TEST(page.find(sandbox_token) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_checker_can_find_something) {
    BOOST_TEST(promtool({"check", "metrics"}, "# TYPE crier_x_total gauge\ncrier_x_total 1\n").code != 0);
}

BOOST_AUTO_TEST_CASE(the_table_of_the_document_is_what_the_page_says) {
    const std::string table =
        between(read_source("docs/MONITORING.md"), "<!-- metrics -->\n", "<!-- end -->");
    const std::string made = table_of(read_families(full_page()));
    BOOST_TEST((table == made), "put this between the marks in docs/MONITORING.md:\n" + made);
}

BOOST_AUTO_TEST_CASE(the_rules_hold_and_name_what_is_there) {
    const Finished checked = promtool({"check", "rules", source_file("config/prometheus/crier.rules.yml")});
    BOOST_TEST(checked.code == 0, checked.out + checked.err);
    const Finished tested = promtool({"test", "rules", source_file("tests/monitoring/rules.test.yml")});
    BOOST_TEST(tested.code == 0, tested.out + tested.err);
    const Finished scrapes =
        promtool({"check", "config", "--syntax-only", source_file("config/prometheus/scrape.yml")});
    BOOST_TEST(scrapes.code == 0, scrapes.out + scrapes.err);
    const Families families = read_families(full_page());
    for (const std::string& name : metrics_in(read_source("config/prometheus/crier.rules.yml")))
        BOOST_TEST(families.count(name) == 1U, name);
    for (const std::string& name : metrics_in(read_source("tests/monitoring/rules.test.yml")))
        BOOST_TEST(families.count(name) == 1U, name);
}

BOOST_AUTO_TEST_CASE(every_expression_of_the_dashboard_reads_and_names_what_is_there) {
    const Families families = read_families(full_page());
    const std::vector<std::string> expressions = expressions_of_dashboard();
    BOOST_TEST(expressions.size() > 30U);
    json::array rules;
    for (std::string expression : expressions) {
        for (const std::string& name : metrics_in(expression))
            BOOST_TEST(families.count(name) == 1U, name + " in " + expression);
        if (expression.starts_with("label_values("))
            continue; // Grafana's own
        constexpr std::string_view interval = "$__rate_interval";
        if (const auto at = expression.find(interval); at != std::string::npos)
            expression.replace(at, interval.size(), "5m");
        json::object rule;
        rule["record"] = "x:" + std::to_string(rules.size());
        rule["expr"] = expression;
        rules.push_back(std::move(rule));
    }
    json::object group;
    group["name"] = "dashboard";
    group["rules"] = std::move(rules);
    json::object file;
    json::array groups;
    groups.push_back(std::move(group));
    file["groups"] = std::move(groups);
    const TempDir directory;
    write_file(directory.file("rules.yml"), json::serialize(file)); // JSON is YAML
    const Finished checked = promtool({"check", "rules", directory.file("rules.yml")});
    BOOST_TEST(checked.code == 0, checked.out + checked.err);
}

BOOST_AUTO_TEST_SUITE_END()
