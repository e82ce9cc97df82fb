// What --help prints, and what a mistyped line is answered with.
#include "commands/cli.hpp"
#include "commands/help_texts.hpp"
#include "core/ascii.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace crier;
using namespace crier::commands;

namespace {

struct Said {
    int code = 0;
    std::string out;
    std::string err;
};

Said run_line(std::vector<std::string> words) {
    words.insert(words.begin(), "crier");
    std::vector<const char*> argv;
    for (const std::string& word : words)
        argv.push_back(word.c_str());
    std::ostringstream out;
    std::ostringstream err;
    Said said;
    said.code = cli(static_cast<int>(argv.size()), argv.data(), sys::Environment{}, out, err);
    said.out = out.str();
    said.err = err.str();
    return said;
}

/// As a shell splits it: double quotes hold words together.
std::vector<std::string> shell_words(std::string_view line) {
    std::vector<std::string> words;
    std::string word;
    bool quoted = false;
    bool any = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
            any = true;
        } else if (c == ' ' && !quoted) {
            if (any || !word.empty())
                words.push_back(word);
            word.clear();
            any = false;
        } else {
            word += c;
        }
    }
    if (any || !word.empty())
        words.push_back(word);
    return words;
}

std::vector<std::string> listed_commands() {
    std::vector<std::string> names;
    for (const HelpGroup& group : help_groups())
        for (const CommandHelp& help : group.commands)
            names.emplace_back(help.name);
    return names;
}

std::size_t longest_line(const std::string& text) {
    std::size_t longest = 0;
    for (const std::string_view line : ascii::split(text, "\n"))
        longest = std::max(longest, line.size());
    return longest;
}

} // namespace

BOOST_AUTO_TEST_SUITE(commands_help)

BOOST_AUTO_TEST_CASE(no_line_is_wider_than_a_terminal) {
    const Said program = run_line({"--help"});
    BOOST_TEST(program.code == 0);
    BOOST_TEST(longest_line(program.out) <= 80U, program.out);
    for (const std::string& name : listed_commands()) {
        const Said said = run_line({name, "--help"});
        BOOST_TEST(said.code == 0, name);
        BOOST_TEST(longest_line(said.out) <= 80U, said.out);
        BOOST_TEST(said.err.empty());
    }
    BOOST_TEST(longest_line(run_line({"--help-all"}).out) <= 80U);
}

BOOST_AUTO_TEST_CASE(each_command_is_listed_in_one_line_and_shows_how_it_is_used) {
    const Said program = run_line({"--help"});
    BOOST_TEST(program.out.find("Further") == std::string::npos, "a command has no text in help_texts.cpp");
    for (const char* part : {"Start here", "Day to day", "When something is wrong", "Moving", "crier init",
                             "$CRIER_CONFIG", "docs/CONFIG.md"})
        BOOST_TEST(program.out.find(part) != std::string::npos, part);
    const std::vector<std::string> names = listed_commands();
    BOOST_TEST(std::set<std::string>(names.begin(), names.end()).size() == names.size());
    for (const HelpGroup& group : help_groups())
        for (const CommandHelp& help : group.commands) {
            BOOST_TEST(program.out.find("  " + std::string{help.name} +
                                        std::string(12 - help.name.size(), ' ') + std::string{help.line} +
                                        "\n") != std::string::npos,
                       help.name);
            BOOST_TEST(!help.about.empty(), help.name);
            BOOST_TEST(!help.examples.empty(), help.name);
            BOOST_TEST(help.examples.size() <= 4U, help.name);
        }
}

BOOST_AUTO_TEST_CASE(a_value_is_called_as_the_manual_page_calls_it) {
    const std::string import = run_line({"import", "--help"}).out;
    BOOST_TEST(import.find("--state FILE ") != std::string::npos, import);
    BOOST_TEST(run_line({"outbox", "--help"}).out.find("--state STATE ") != std::string::npos);
    BOOST_TEST(run_line({"pause", "--help"}).out.find("--for DURATION ") != std::string::npos);
    for (const std::string& name : listed_commands())
        BOOST_TEST(run_line({name, "--help"}).out.find(" VALUE") == std::string::npos, name);
}

BOOST_AUTO_TEST_CASE(every_example_is_a_command_line) {
    for (const HelpGroup& group : help_groups())
        for (const CommandHelp& help : group.commands)
            for (const HelpExample& example : help.examples) {
                std::vector<std::string> words = shell_words(example.command);
                BOOST_REQUIRE(words.size() > 1);
                BOOST_TEST(words[0] == "crier");
                BOOST_TEST(words[1] == help.name, example.command);
                words.erase(words.begin());
                std::ostringstream err;
                BOOST_TEST(understands(words, err), example.command << ": " << err.str());
            }
}

BOOST_AUTO_TEST_CASE(a_mistyped_line_is_answered_with_what_was_meant) {
    const struct {
        std::vector<std::string> words;
        const char* says;
    } cases[] = {
        {{"stauts"}, "crier: there is no command stauts\n    hint: did you mean status?\n"},
        {{"--config", "x.yaml", "stauts"}, "there is no command stauts"},
        {{"frobnicate"}, "hint: `crier --help` lists them\n"},
        {{"post", "hello", "--acount", "news"},
         "crier: crier post has no option --acount\n    hint: did you mean --account?\n"},
        {{"post", "hello", "--acount=news"}, "did you mean --account?"},
        {{"status", "--frobnicate"}, "hint: `crier status --help` lists them\n"},
        {{"status", "-x"}, "crier status has no option -x"},
        {{"--jsn", "status"}, "has no option --jsn"},
        {{"--conf", "x.yaml", "status"},
         "crier: crier has no option --conf\n    hint: did you mean --config?\n"},
        {{"--conf=x.yaml", "status"}, "crier has no option --conf\n"},
        {{"--json", "status"},
         "crier: crier has no option --json\n    hint: it goes behind the command: crier status --json\n"},
        {{"--since", "2h", "outbox"}, "hint: it goes behind the command: crier outbox --since\n"},
        {{"help"},
         "crier: there is no command help\n    hint: `crier --help`, or of one command: `crier post "
         "--help`\n"},
        {{"help", "undo"}, "hint: `crier undo --help`\n"},
        {{"version"}, "hint: `crier --version`\n"},
        {{"reload"}, "hint: `systemctl reload crier`, or without systemd: kill -HUP PROCESS"},
        {{"restore"}, "hint: stop the daemon and put the backup in the store's place: docs/STORE.md, "},
        {{"start"}, "hint: `crier run`"},
        {{"stop"}, "hint: `systemctl stop crier`"},
        {{"preview", "--ics", "--json"}, "crier: crier preview: "},
        {{"preview", "--table", "--json"}, "crier: crier preview: "},
        {{"outbox", "lsit"}, "crier: action cannot be lsit\n    hint: did you mean list?"},
        {{"status", "now"}, "crier: crier status does not take now\n"},
        {{"post"}, "crier: crier post: text is required\n    hint: `crier post --help` says what it takes\n"},
        {{"next", "-n", "0"}, "crier: crier next: "},
        {{}, "crier: which command?\n    hint: `crier --help` lists them"},
    };
    for (const auto& one : cases) {
        const Said said = run_line(one.words);
        BOOST_TEST(said.code == 2, one.says);
        BOOST_TEST(said.err.find(one.says) != std::string::npos, one.says << "\n" << said.err);
        BOOST_TEST(said.out.empty());
    }
    // What crier itself runs is no guess for a person.
    BOOST_TEST(run_line({"pictur"}).err.find("did you mean picture") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
