#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::config::testing;

namespace {

std::string source(const std::string& keys) {
    // At the end, so that it moves nothing that is of interest.
    const std::string url = keys.starts_with("plugin: queue") ? ", url: q.csv" : "";
    return with_accounts("sources:\n  s: {account: news, post: {status: x}, " + keys + url + "}\n");
}

SourceSettings source_of(const std::string& keys) {
    return settings_of(source(keys)).sources.at(0);
}

std::string text_of(const Filter& filter) {
    std::string text;
    const auto add = [&](const std::vector<FieldFilter>& fields, char sign) {
        for (const FieldFilter& field : fields) {
            text += sign + field.field + '(';
            for (const std::string& condition : field.any)
                text += condition + ',';
            text += ')';
        }
    };
    add(filter.include, '+');
    add(filter.exclude, '-');
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(config_sources)

BOOST_AUTO_TEST_CASE(a_source_is_read_whole) {
    const SourceSettings read = source_of(
        "plugin: feed, url: 'http://127.0.0.1:8421/feed.xml', allow_private: true, poll: 1h, first_run: "
        "{publish: 3}, max_age: 7d, user_agent: me, tags: [a, b], headers: {x-key: 1, y: {z: 2}}");
    BOOST_TEST(read.name == "s");
    BOOST_TEST(read.plugin == "feed");
    BOOST_TEST(read.url == "http://127.0.0.1:8421/feed.xml");
    BOOST_TEST(read.allow_private);
    BOOST_TEST((read.poll == std::chrono::hours{1}));
    BOOST_TEST(read.first_run.publish.value() == 3);
    BOOST_TEST((read.max_age == std::chrono::hours{24 * 7}));
    std::string options;
    for (const auto& [key, value] : read.options)
        options += key + '=' + value + ' ';
    BOOST_TEST(options == "user_agent=me tags=a tags=b headers.x-key=1 headers.y.z=2 ");
    BOOST_TEST(read.place.line == 4);
    BOOST_TEST(read.place.column == 3);
}

BOOST_AUTO_TEST_CASE(how_often_is_a_duration_or_two_bounds) {
    using namespace std::chrono_literals;
    const auto poll = [](const std::string& words) {
        const SourceSettings read = source_of("plugin: feed, " + words);
        return to_text(read.poll) + " to " + to_text(read.poll_most);
    };
    const std::string web = "url: 'https://example.org/feed.xml'";
    BOOST_TEST(poll(web) == "15m to 1h");
    BOOST_TEST(poll("url: feed.xml") == "15m to 0s");     // a file
    BOOST_TEST(poll(web + ", poll: 15m") == "15m to 0s"); // what a person says is what it is
    BOOST_TEST(poll(web + ", poll: 2m") == "2m to 0s");
    BOOST_TEST(poll(web + ", poll: {min: 5m, max: 6h}") == "5m to 6h");
    BOOST_TEST(poll(web + ", poll: {max: 6h}") == "15m to 6h");
    BOOST_TEST(poll(web + ", poll: {min: 2h}") == "2h to 2h");
    BOOST_TEST(poll("url: feed.xml, poll: {min: 1m, max: 5m}") == "1m to 5m");
}

BOOST_AUTO_TEST_CASE(how_often_is_refused_where_it_makes_no_sense) {
    const auto wrong = [](const std::string& poll) {
        return said(source("plugin: feed, url: feed.xml, poll: " + poll));
    };
    BOOST_TEST(wrong("15").find("sources.s.poll: expected a duration such as 90s, found '15'") !=
               std::string::npos);
    BOOST_TEST(wrong("15").find("say the unit: 15s, 15m") != std::string::npos);
    BOOST_TEST(wrong("[15m]").find("expected a duration such as 15m, or {min: 5m, max: 6h}, found a list") !=
               std::string::npos);
    BOOST_TEST(wrong("{min: 6h, max: 5m}").find("sources.s.poll.max: max, 5m, is shorter than min, 6h") !=
               std::string::npos);
    BOOST_TEST(wrong("{least: 5m}").find("sources.s.poll.least: unknown key") != std::string::npos);
    BOOST_TEST(wrong("0s").find("expected at least 1s") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_may_be_the_address) {
    BOOST_TEST(source_of("plugin: feed, url: feeds/a.xml").url == "/etc/crier/feeds/a.xml");
    BOOST_TEST(source_of("plugin: feed, url: 'file:///srv/a.xml'").url == "/srv/a.xml");
}

BOOST_AUTO_TEST_CASE(addresses_are_checked) {
    BOOST_TEST(said(source("plugin: feed")) == "crier.yaml:4:6: sources.s: the source has no url\n"
                                               "    hint: for example url: https://example.org/feed.xml\n");
    for (const std::string host : {"127.0.0.1", "localhost:80", "10.1.2.3", "192.168.0.1", "169.254.169.254",
                                   "[::1]", "172.16.0.1", "[fd00::1]"})
        BOOST_TEST(said(source("plugin: feed, url: 'https://" + host + "/x'")) ==
                   "crier.yaml:4:60: sources.s.url: this address is on this machine or in a private network\n"
                   "    hint: if it is meant, say allow_private: true\n");
    BOOST_TEST(said(source("plugin: feed, url: 'http://example.org/feed'")) ==
               "crier.yaml:4:60: warning: sources.s.url: without https, anyone on the way can change what is "
               "posted\n"
               "    hint: write https:// if the server has it\n");
    BOOST_TEST(said(source("plugin: feed, url: 'ftp://example.org/feed'")) ==
               "crier.yaml:4:60: sources.s.url: this is no http or https address\n"
               "    hint: write it in full: https://example.org\n");
    BOOST_TEST(said(source("plugin: feed, url: 'https://me:pw@example.org/feed'")) ==
               "crier.yaml:4:60: sources.s.url: an address with a user name or password in it is refused\n"
               "    hint: secrets do not belong into this file\n");
}

BOOST_AUTO_TEST_CASE(plugins_are_known) {
    BOOST_TEST(
        said(source("plugin: fed, url: x, whatever: 1")) ==
        "crier.yaml:4:49: sources.s.plugin: there is no plugin 'fed'\n    hint: did you mean 'feed'?\n");
    BOOST_TEST(said(source("plugin: calendar")) ==
               "crier.yaml:4:49: sources.s.plugin: there is no plugin 'calendar'\n"
               "    hint: plugins here: feed, queue, webhook, exec and native\n");
    BOOST_TEST(said(with_accounts("sources:\n  s: {account: news, post: {status: x}}\n")) ==
               "crier.yaml:4:6: sources.s: the source has no plugin\n    hint: for example plugin: feed\n");
    World world{source("plugin: feed, url: x")};
    auto context = world.context();
    context.plugins.clear();
    BOOST_TEST(problems_of(config::load("/etc/crier/crier.yaml", context)) ==
               "crier.yaml:4:49: sources.s.plugin: there is no plugin 'feed'\n    hint: this program has no "
               "plugins\n");
}

BOOST_AUTO_TEST_CASE(keys_of_a_plugin_are_known) {
    BOOST_TEST(said(source("plugin: feed, url: x, user_agnt: 1")) ==
               "crier.yaml:4:63: sources.s.user_agnt: unknown key\n    hint: did you mean 'user_agent'?\n");
    BOOST_TEST(said(source("plugin: feed, url: x, pol: 1h")) ==
               "crier.yaml:4:63: sources.s.pol: unknown key\n    hint: did you mean 'poll'?\n");
    BOOST_TEST(
        said(source("plugin: queue, zzzzz: 1h")) ==
        "crier.yaml:4:56: sources.s.zzzzz: unknown key\n    hint: keys of the plugin queue: columns\n");
    BOOST_TEST(
        said(source("plugin: queue, on_demand: true")) ==
        "crier.yaml:4:7: sources.s.account: a source that is drawn from on demand posts nothing by itself\n"
        "    hint: say it in the entries that draw from it\n"
        "crier.yaml:4:22: sources.s.post: a source that is drawn from on demand posts nothing by itself\n"
        "    hint: say it in the entries that draw from it\n");
    BOOST_TEST(said(source("plugin: queue, columns: ")) ==
               "crier.yaml:4:56: sources.s.columns: expected a value, found nothing\n");
}

BOOST_AUTO_TEST_CASE(the_first_run_publishes_a_number_or_all) {
    BOOST_TEST(source_of("plugin: queue").first_run.publish.value() == 0);
    BOOST_TEST(!source_of("plugin: queue, first_run: {publish: all}").first_run.publish);
    BOOST_TEST(said(source("plugin: queue, first_run: {publish: some}")) ==
               "crier.yaml:4:77: sources.s.first_run.publish: expected a number, or all, found 'some'\n"
               "    hint: for example publish: 0\n");
}

BOOST_AUTO_TEST_CASE(a_command_may_stand_in_place_of_the_address) {
    const SourceSettings read =
        source_of("plugin: exec, command: [/etc/crier/sun.png, --now, 'two words'], timeout: 5m, poll: 1h");
    BOOST_TEST(read.command == (std::vector<std::string>{"/etc/crier/sun.png", "--now", "two words"}),
               boost::test_tools::per_element());
    BOOST_TEST((read.timeout == std::chrono::minutes{5}));
    BOOST_TEST(read.url == "");
    BOOST_TEST(!read.first_run.publish.has_value()); // all
    const SourceSettings bare = source_of("plugin: exec, command: ./sun.png, first_run: {publish: 2}");
    BOOST_TEST(bare.command == (std::vector<std::string>{"/etc/crier/sun.png"}),
               boost::test_tools::per_element());
    BOOST_TEST((bare.timeout == std::chrono::minutes{1}));
    BOOST_TEST(bare.first_run.publish.value() == 2);
    BOOST_TEST(source_of("plugin: queue").first_run.publish.value() == 0);
}

BOOST_AUTO_TEST_CASE(commands_are_checked) {
    const std::string shell = "    hint: there is no shell: each argument is an item of the list. Where you "
                              "want one: [/bin/sh, -c, "
                              "\"...\"]\n";
    const std::pair<std::string, std::string> cases[] = {
        {"command: [books, --json]",
         "crier.yaml:4:64: sources.s.command: 'books' is no path of a program\n    hint: in full, and its "
         "arguments after it: command: [/usr/local/bin/notify, --now]\n"},
        {"command: /bin/books",
         "crier.yaml:4:64: sources.s.command: there is no program /bin/books\n    hint: relative paths start "
         "from the file that names them\n"},
        {"command: '/bin/books --json'",
         "crier.yaml:4:64: sources.s.command: there is no program /bin/books --json\n" + shell},
        {"command: '/bin/books|head'",
         "crier.yaml:4:64: sources.s.command: there is no program /bin/books|head\n" + shell},
        {"command: /etc/crier/plain.txt", "crier.yaml:4:64: sources.s.command: plain.txt is not "
                                          "executable\n    hint: chmod +x it; a "
                                          "script begins with #!\n"},
        {"command: [/etc/crier/sun.png, [a]]",
         "crier.yaml:4:64: sources.s.command: expected a text or a list of texts, found a list\n    hint: "
         "for example command: [/usr/local/bin/new-books, --json]\n"},
        {"command: /etc/crier/sun.png, timeout: 2h",
         "crier.yaml:4:93: sources.s.timeout: expected at most 1h, found '2h'\n"},
    };
    for (const auto& [keys, problems] : cases) {
        World world{source("plugin: exec, " + keys)};
        world.media.emplace_back("/etc/crier/plain.txt");
        BOOST_TEST(problems_of(world.load()) == problems);
    }
}

BOOST_AUTO_TEST_CASE(a_plugin_has_the_origin_that_it_reads_and_no_other) {
    BOOST_TEST(said(source("plugin: exec")) ==
               "crier.yaml:4:6: sources.s: the source has no command\n"
               "    hint: for example command: [/usr/local/bin/new-books, --json]\n");
    BOOST_TEST(said(source("plugin: exec, command: /etc/crier/sun.png, url: 'https://example.org/feed'")) ==
               "crier.yaml:4:84: sources.s.url: the plugin exec has no use for it\n"
               "    hint: remove it; the plugins feed, queue, calendar and fediverse read addresses\n");
    BOOST_TEST(said(source("plugin: feed, url: 'https://example.org/feed', command: /etc/crier/sun.png")) ==
               "crier.yaml:4:88: sources.s.command: the plugin feed has no use for it\n"
               "    hint: remove it; plugin: exec runs programs\n");
    BOOST_TEST(said(source("plugin: feed, url: 'https://example.org/feed', timeout: 5s")) ==
               "crier.yaml:4:88: sources.s.timeout: the plugin feed has no use for it\n"
               "    hint: remove it; plugin: exec and plugin: native take time\n");
}

BOOST_AUTO_TEST_CASE(filters_merge_by_field_and_replace_conditions) {
    const Settings loaded = settings_of(
        with_accounts("sources:\n  s:\n    plugin: queue\n    post: {status: x}\n"
                      "    filter: {include: {category: [a, b], title: '/x/i'}, exclude: {link: y}}\n"
                      "    accounts: {news: {}, art: {filter: {include: {category: c, language: de}, "
                      "exclude: {link: []}}}}\n    url: q.csv\n"));
    BOOST_TEST(text_of(*loaded.sources[0].targets[0].filter) == "+category(a,b,)+title(/x/i,)-link(y,)");
    BOOST_TEST(text_of(*loaded.sources[0].targets[1].filter) == "+category(c,)+title(/x/i,)+language(de,)");
    BOOST_TEST(!source_of("plugin: queue").targets[0].filter);
}

BOOST_AUTO_TEST_CASE(wrong_filters_are_refused_at_the_condition) {
    BOOST_TEST(said(source("plugin: queue, filter: {include: {titel: x}}")) ==
               "crier.yaml:4:75: sources.s.filter.include.titel: filter: there is no field 'titel'\n"
               "    hint: did you mean 'title'? fields are title, summary, content, link, author, category, "
               "language, media\n");
    BOOST_TEST(said(source("plugin: queue, filter: {exclude: {title: [ok, '/(/']}}")) ==
               "crier.yaml:4:87: sources.s.filter.exclude.title[1]: filter on title: '/(/': missing ): (\n"
               "    hint: RE2 expressions have no look-around and no back-references; write them in single "
               "quotes in "
               "YAML\n");
    BOOST_TEST(said(source("plugin: queue, filter: {exclude: {title: {a: b}}}")) ==
               "crier.yaml:4:82: sources.s.filter.exclude.title: expected a text or a list of texts, found a "
               "mapping\n");
    BOOST_TEST(said(source("plugin: queue, filter: {includ: {title: x}}")) ==
               "crier.yaml:4:65: sources.s.filter.includ: unknown key\n    hint: did you mean 'include'?\n");
}

BOOST_AUTO_TEST_CASE(a_filter_that_would_let_everything_pass_is_refused) {
    const std::string empty_list =
        ": an empty list would let everything pass\n"
        "    hint: leave the field out, or name a condition; [] takes away what the "
        "source's own filter says, for one account\n";
    const std::string no_field = ": names no field: it would let everything pass\n"
                                 "    hint: leave it out, or name a field, such as title: /word/i\n";
    BOOST_TEST(said(source("plugin: queue, filter: {include: {title: []}}")) ==
               "crier.yaml:4:82: sources.s.filter.include.title" + empty_list);
    BOOST_TEST(said(source("plugin: queue, filter: {include: }")) ==
               "crier.yaml:4:65: sources.s.filter.include" + no_field);
    BOOST_TEST(said(source("plugin: queue, filter: {exclude: }")) ==
               "crier.yaml:4:65: sources.s.filter.exclude" + no_field);
    BOOST_TEST(said(source("plugin: queue, filter: ")) ==
               "crier.yaml:4:56: sources.s.filter: the filter is empty: it would let everything pass\n"
               "    hint: leave it out, or say include or exclude\n");
    const auto of_account = [](const std::string& own, const std::string& accounts) {
        return said(with_accounts("sources:\n  s:\n    plugin: queue\n    post: {status: x}\n" + own +
                                  "    accounts: {news: {}, art: {filter: " + accounts +
                                  "}}\n    url: q.csv\n"));
    };
    BOOST_TEST(of_account("    filter: {exclude: {link: y}}\n", "{exclude: {link: []}}") == "");
    BOOST_TEST(of_account("    filter: {exclude: {link: y}}\n", "{include: {link: []}}") ==
               "crier.yaml:8:57: sources.s.accounts.art.filter.include.link" + empty_list);
    BOOST_TEST(of_account("", "{exclude: {link: []}}") ==
               "crier.yaml:7:57: sources.s.accounts.art.filter.exclude.link" + empty_list);
    BOOST_TEST(of_account("", "") ==
               "crier.yaml:7:32: sources.s.accounts.art.filter: the filter is empty: it "
               "would let everything pass\n"
               "    hint: leave it out, or say include or exclude\n");
}

BOOST_AUTO_TEST_SUITE_END()
