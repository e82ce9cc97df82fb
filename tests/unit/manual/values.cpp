#include "manual/values.hpp"

#include "commands/cli_described.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>

using namespace crier;

BOOST_AUTO_TEST_SUITE(manual_values)

// A new option gets a word and, where they are known, its values: this says which one has none yet.
BOOST_AUTO_TEST_CASE(whatever_takes_a_value_has_a_word_for_it) {
    for (const commands::DescribedCommand& command : commands::described_command_line()) {
        for (const auto* list : {&command.options, &command.operands})
            for (const commands::DescribedOption& option : *list)
                BOOST_TEST((!option.takes_value || manual::values_of(command.name, option).word != "VALUE"),
                           "commands/value_word.cpp lacks " + option.names.back() + " of crier " +
                               command.name);
    }
}

BOOST_AUTO_TEST_CASE(what_is_described_is_what_was_declared) {
    const auto commands = commands::described_command_line();
    const auto post = std::find_if(commands.begin(), commands.end(),
                                   [](const auto& command) { return command.name == "post"; });
    BOOST_REQUIRE((post != commands.end()));
    BOOST_REQUIRE(post->operands.size() == 1U);
    BOOST_TEST(post->operands[0].names[0] == "text");
    BOOST_TEST(post->operands[0].required);
    const auto option = [&](const std::string& name) {
        return *std::find_if(post->options.begin(), post->options.end(), [&](const auto& each) {
            return std::find(each.names.begin(), each.names.end(), name) != each.names.end();
        });
    };
    BOOST_TEST(option("--media").repeatable);
    BOOST_TEST(!option("--wait").takes_value);
    BOOST_TEST(option("--poll-for").fallback == "1d");
}

BOOST_AUTO_TEST_SUITE_END()
