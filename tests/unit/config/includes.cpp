#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::config::testing;

namespace {

const std::string one_entry = "{name: e, account: news, cron: '0 9 * * *', post: {status: x}}";

} // namespace

BOOST_AUTO_TEST_SUITE(config_includes)

BOOST_AUTO_TEST_CASE(fragments_add_accounts_entries_and_sources) {
    World world{with_accounts("include: conf.d/*.yaml\n")};
    world.media.emplace_back("/etc/crier/conf.d/moon.png");
    world.files["/etc/crier/conf.d/a.yaml"] = "accounts: {b: {server: https://b.example, token: {file: t}}}\n"
                                              "include: [sub/c.yaml]\n";
    world.files["/etc/crier/conf.d/b.yaml"] = "schedule: [{name: e, account: b, cron: '0 9 * * *', post: "
                                              "{visibility: public, media: [{file: moon.png, "
                                              "alt: x}]}}]\n";
    world.files["/etc/crier/conf.d/sub/c.yaml"] = "version: 1\nsources: {s: {plugin: feed, url: f.xml, "
                                                  "account: b, post: {status: x, visibility: public}}}\n";
    const auto loaded = world.load();
    BOOST_TEST(problems_of(loaded) == "");
    BOOST_REQUIRE(loaded.settings);
    BOOST_TEST(loaded.settings->accounts.at("b").token.name == "/etc/crier/conf.d/t");
    BOOST_TEST(loaded.settings->schedule.at(0).targets[0].post->media[0].file ==
               "/etc/crier/conf.d/moon.png");
    BOOST_TEST(loaded.settings->schedule[0].place.file == "/etc/crier/conf.d/b.yaml");
    BOOST_TEST(loaded.settings->sources.at(0).url == "/etc/crier/conf.d/sub/f.xml");
    const std::vector<std::string> files{"/etc/crier/crier.yaml", "/etc/crier/conf.d/a.yaml",
                                         "/etc/crier/conf.d/sub/c.yaml", "/etc/crier/conf.d/b.yaml"};
    BOOST_TEST(loaded.files == files, boost::test_tools::per_element());
}

/// Who only talks to the daemon does not wait for the rest to be read.
BOOST_AUTO_TEST_CASE(the_main_file_alone_says_where_the_daemon_listens) {
    World world{
        with_accounts("include: conf.d/*.yaml\nstore: data/crier.db\nadmin: {socket: run/crier.sock}\n")};
    world.files["/etc/crier/conf.d/a.yaml"] = "this is no: [configuration\n";
    const auto places = config::load_main_places("/etc/crier/crier.yaml", world.context());
    BOOST_REQUIRE(places);
    BOOST_TEST(places->admin_socket == "/etc/crier/run/crier.sock");
    BOOST_TEST(places->store == "/etc/crier/data/crier.db");
    const auto of = [](const std::string& text) {
        return config::load_main_places("/etc/crier/crier.yaml", World{text}.context()).has_value();
    };
    BOOST_TEST(of(with_accounts("include: a.yaml\n")));
    BOOST_TEST(!of(with_accounts("store: data/crier.db\n"))); // it includes none: all is read at once
    BOOST_TEST(!of(with_accounts("include: a.yaml\nstore: [x]\n")));
    BOOST_TEST(!of("include: [a.yaml\n"));
}

BOOST_AUTO_TEST_CASE(sources_and_entries_are_found_by_their_names) {
    std::string text = with_accounts("sources:\n");
    for (const char* name : {"m", "b", "z", "a"})
        text += std::string{"  "} + name +
                ": {plugin: feed, url: https://x.example/, account: news, post: {status: x}}\n";
    text += "schedule: [" + one_entry + "]\n";
    auto loaded = World{text}.load();
    BOOST_TEST(problems_of(loaded) == "");
    Settings& settings = loaded.settings.value();
    for (const SourceSettings& source : settings.sources)
        BOOST_TEST(find_source(settings, source.name) == &source);
    BOOST_TEST(find_source(settings, "c") == nullptr);
    BOOST_TEST(find_source(settings, "zz") == nullptr);
    BOOST_TEST(find_entry(settings, "e") == &settings.schedule[0]);
    BOOST_TEST(find_entry(settings, "") == nullptr);
    settings.sources.emplace_back().name = "c"; // behind the index
    BOOST_TEST(find_source(settings, "c") == &settings.sources.back());
}

BOOST_AUTO_TEST_CASE(names_that_stand_in_two_files_name_both_places) {
    World world{with_accounts("include: a.yaml\nschedule: [" + one_entry +
                              "]\nsources: {s: {plugin: queue, account: news, "
                              "post: {status: x}, url: q.csv}}\n")};
    world.files["/etc/crier/a.yaml"] =
        "accounts:\n  news: {server: https://n.example}\nschedule:\n- " + one_entry +
        "\nsources:\n  s: {plugin: queue, account: news, post: {status: x}, url: q.csv}\n";
    BOOST_TEST(problems_of(world.load()) ==
               "a.yaml:2:3: accounts.news: there is another account of this name\n"
               "    hint: it is at crier.yaml:2:12\n"
               "a.yaml:4:10: schedule.e.name: there is another entry of this name\n"
               "    hint: it is at crier.yaml:4:19\n"
               "a.yaml:6:3: sources.s: there is another source of this name\n"
               "    hint: it is at crier.yaml:5:11\n");
}

BOOST_AUTO_TEST_CASE(what_belongs_into_the_main_file_is_refused_elsewhere) {
    World world{with_accounts("include: a.yaml\n")};
    world.files["/etc/crier/a.yaml"] = "store: x\ndefaults: {language: de}\n";
    BOOST_TEST(problems_of(world.load()) ==
               "a.yaml:1:1: store: this stands in the main file only\n"
               "    hint: included files may hold accounts, schedule, sources and include\n"
               "a.yaml:2:1: defaults: this stands in the main file only\n"
               "    hint: included files may hold accounts, schedule, sources and include\n");
}

BOOST_AUTO_TEST_CASE(a_pattern_without_a_match_is_a_warning_and_a_missing_file_an_error) {
    const auto loaded = World{with_accounts("include: [conf.d/*.yaml]\n")}.load();
    BOOST_TEST(problems_of(loaded) ==
               "crier.yaml:3:11: warning: include[0]: no file matches 'conf.d/*.yaml'\n");
    BOOST_TEST(loaded.settings.has_value());
    BOOST_TEST(said(with_accounts("include: [a.yaml]\n")) ==
               "crier.yaml:3:11: include[0]: a.yaml cannot be read: No such file or directory\n");
}

BOOST_AUTO_TEST_CASE(files_that_include_one_another_are_refused) {
    World world{with_accounts("include: a.yaml\n")};
    world.files["/etc/crier/a.yaml"] = "include: ./crier.yaml\n";
    BOOST_TEST(problems_of(world.load()) == "a.yaml:1:10: include: the file includes itself\n");
    world.files["/etc/crier/a.yaml"] = "include: '*.yaml'\n";
    BOOST_TEST(problems_of(world.load()) == "a.yaml:1:10: warning: include: no file matches '*.yaml'\n");
}

BOOST_AUTO_TEST_CASE(includes_are_bounded_in_depth) {
    World world{with_accounts("include: f0.yaml\n")};
    for (int i = 0; i < 12; ++i)
        world.files["/etc/crier/f" + std::to_string(i) + ".yaml"] =
            "include: f" + std::to_string(i + 1) + ".yaml\n";
    BOOST_TEST(problems_of(world.load()) ==
               "f7.yaml:1:10: include: files include one another more than 8 deep\n");
}

BOOST_AUTO_TEST_CASE(a_broken_fragment_does_not_make_the_rest_wrong) {
    World world{with_accounts(
        "include: a.yaml\nschedule: [{name: e, account: b, cron: '0 9 * * *', post: {status: x}}, "
        "{name: f, account: news, cron: x, post: {status: x}}]\n")};
    world.files["/etc/crier/a.yaml"] = "accounts: {b: {server: https://b.example}\n";
    const std::string found = problems_of(world.load());
    BOOST_TEST(found.find("a.yaml:1:11: accounts: this { is never closed") != std::string::npos);
    BOOST_TEST(found.find("schedule.f.cron: ") != std::string::npos);
    BOOST_TEST(found.find("no account") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_main_file_that_is_not_there) {
    BOOST_TEST(problems_of(World{}.load()) ==
               "crier.yaml: cannot be read: No such file or directory\n"
               "    hint: name another with --config, or make one with crier init\n");
}

BOOST_AUTO_TEST_SUITE_END()
