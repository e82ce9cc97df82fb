// Plugins that somebody else has built: what they yield, and that what they do wrong harms only them.

#include "bot.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

using namespace crier::test;
namespace fs = std::filesystem;

namespace {

/// A copy that belongs to nobody else: build trees may be open to a group.
std::string object(const TempDir& directory, const std::string& name) {
    const std::string path = directory.file(name + ".so");
    fs::copy_file(std::string{CRIER_TEST_OBJECTS} + "/" + name + ".so", path);
    fs::permissions(path, fs::perms{0755});
    fs::permissions(fs::path{path}.parent_path(), fs::perms{0700});
    return path;
}

std::string source(const std::string& object, const std::string& more) {
    return "sources:\n  mine:\n    plugin: native\n    object: " + object +
           "\n    account: news\n    post: {status: \"{{ title }}\"}\n" + more;
}

std::string misbehaving(const TempDir& directory, const std::string& way) {
    return source(object(directory, "misbehaving"),
                  "    timeout: 5s\n    memory: 256\n    settings: {way: " + way +
                      "}\n  good:\n    plugin: exec\n    command: [/bin/echo, all is well]\n"
                      "    account: news\n    post: {status: \"{{ title }}\"}\n");
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_objects)

BOOST_AUTO_TEST_CASE(what_a_shared_object_makes_of_a_file_is_posted_once) {
    const TempDir directory;
    Sandbox sandbox{directory};
    write_file(directory.file("words.txt"), "one\ntwo\n");
    Bot bot{directory, sandbox,
            source(object(directory, "words"), "    url: ./words.txt\n    first_run: {publish: all}\n"
                                               "    settings: {prefix: 'word '}\n")};
    for (int i = 0; i < 2; ++i) {
        const Finished ran = bot.crier({"run", "--once"});
        BOOST_TEST(ran.code == 0, ran.out << ran.err);
        BOOST_TEST(sandbox.timeline().size() == 2U);
    }
    BOOST_TEST(has(sandbox.timeline().at(0) + sandbox.timeline().at(1), "word one"));
    const Finished items = bot.crier({"items", "mine"});
    BOOST_TEST(has(items.out, "\"title\":\"word two\""), items.out);
}

BOOST_AUTO_TEST_CASE(one_that_misbehaves_harms_only_itself) {
    const TempDir directory;
    Sandbox sandbox{directory};
    const std::pair<const char*, const char*> ways[] = {
        {"hang", "it took longer than 5s and was ended"},
        {"crash", "it ended with 134"},
        {"exit", "the shared object's process ended before it had said all"},
        {"eat", "there is not enough memory"},
        {"flood", "there is not enough memory"},
        {"refuse", "it does not want to"},
    };
    for (const auto& [way, words] : ways) {
        Bot bot{directory, sandbox, misbehaving(directory, way)};
        fs::remove(directory.file("misbehaving.so"));
        (void)object(directory, "misbehaving");
        const Finished ran = bot.crier({"run", "--once"});
        BOOST_TEST(ran.code == 5, way << ran.out << ran.err);
        BOOST_TEST(has(ran.out + ran.err, words), way << ": " << ran.out << ran.err);
        fs::remove(directory.file("misbehaving.so"));
    }
    BOOST_TEST(sandbox.timeline() == std::vector<std::string>{"all is well"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_it_prints_is_no_reply_and_what_it_sees_is_no_token) {
    const TempDir directory;
    Sandbox sandbox{directory};
    for (const auto& [way, title] : {std::pair{"print", "One"}, {"look", "no token here"}}) {
        Bot bot{directory, sandbox, misbehaving(directory, way)};
        const Finished items = bot.crier({"items", "mine"});
        BOOST_TEST(items.code == 0, items.err);
        BOOST_TEST(has(items.out, std::string{"\"title\":\""} + title + "\""), items.out);
        fs::remove(directory.file("misbehaving.so"));
    }
    Bot bot{directory, sandbox, misbehaving(directory, "file")};
    const Finished items = bot.crier({"items", "mine"});
    BOOST_TEST(has(items.err, "the file relative.jpg was left out: a file is named by its absolute path"),
               items.err);
    BOOST_TEST(has(items.out, "\"file\":\"/srv/absolute.jpg\""), items.out);
}

BOOST_AUTO_TEST_CASE(settings_that_it_does_not_have_are_refused_with_those_that_it_has) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox,
            source(object(directory, "words"), "    url: /dev/null\n    settings: {prefx: x}\n")};
    const Finished items = bot.crier({"items", "mine"});
    BOOST_TEST(items.code == 3);
    BOOST_TEST(has(items.err, "has no setting 'prefx'"), items.err);
    BOOST_TEST(has(items.err, "did you mean 'prefix'?"), items.err);
}

BOOST_AUTO_TEST_CASE(a_plugin_in_c_is_built_from_the_installed_sdk_alone_and_its_posts_go_out) {
    const TempDir directory;
    Sandbox sandbox{directory};
    const std::string prefix = directory.file("prefix");
    const std::string build = directory.file("build");
    const auto good = [](const std::vector<std::string>& command) {
        const Finished ran = run_command(command, {{"PATH", "/usr/local/bin:/usr/bin:/bin"}}, "/tmp");
        BOOST_REQUIRE_MESSAGE(ran.code == 0, ran.out << ran.err);
    };
    good({"/usr/bin/cmake", "--install", CRIER_BUILD_DIR, "--component", "sdk", "--prefix", prefix});
    std::string examples;
    for (const auto& entry : fs::recursive_directory_iterator{prefix})
        if (entry.path().filename() == "countdown.c")
            examples = entry.path().parent_path();
    BOOST_REQUIRE(!examples.empty());
    const std::string outside = directory.file("outside");
    fs::copy(examples, outside);
    good({"/usr/bin/cmake", "-G", "Ninja", "-S", outside, "-B", build, "-DCMAKE_PREFIX_PATH=" + prefix,
          "-DCMAKE_BUILD_TYPE=Release"});
    good({"/usr/bin/cmake", "--build", build});
    fs::permissions(build, fs::perms{0700});
    fs::permissions(build + "/countdown.so", fs::perms{0755});
    Bot bot{directory, sandbox,
            source(build + "/countdown.so", "    url: ./days.txt\n    first_run: {publish: all}\n")};
    const Finished tested =
        bot.crier({"plugin", "test", build + "/countdown.so", "--input", outside + "/countdown.txt"});
    BOOST_TEST(tested.code == 0, tested.out << tested.err);
    BOOST_TEST(has(tested.out, "it read 3 items"), tested.out);
    BOOST_TEST(has(tested.out, "broken documents: it lived through all of them"), tested.out);
    write_file(directory.file("days.txt"), "2020-01-01 the past\n- a post from outside\n");
    BOOST_TEST(bot.crier({"run", "--once"}).code == 0);
    BOOST_TEST(sandbox.timeline() == std::vector<std::string>{"a post from outside"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
