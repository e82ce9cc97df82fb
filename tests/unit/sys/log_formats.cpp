#include "captured_file.hpp"
#include "sys/log.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace crier;
using namespace std::chrono_literals;
using sys::LogFormat;
using sys::LogLine;
using sys::LogPlace;

namespace {

const Instant nine = *from_rfc3339("2026-11-24T09:00:00Z");

LogLine line(LogLevel level = LogLevel::info) {
    LogLine line;
    line.time = nine;
    line.level = level;
    line.event = "post.published";
    line.message = "news: published";
    line.fields = {{"account", "news"}, {"url", "https://m.example/@news/1"}, {"text", "two words"}};
    return line;
}

LogLine saying(std::string message) {
    LogLine line;
    line.time = nine;
    line.event = "e";
    line.message = std::move(message);
    return line;
}

} // namespace

BOOST_AUTO_TEST_SUITE(log_formats)

BOOST_AUTO_TEST_CASE(a_plain_line_has_time_level_event_message_and_fields) {
    BOOST_TEST(sys::plain_line(line()) ==
               "2026-11-24T09:00:00Z info post.published: news: published account=news "
               "url=https://m.example/@news/1 text=\"two words\"");
}

BOOST_AUTO_TEST_CASE(a_coloured_line_is_the_plain_one_with_colours) {
    const std::string colored = sys::color_line(line(LogLevel::error));
    BOOST_TEST(colored.find("\x1b[31merror\x1b[0m") != std::string::npos);
    std::string bare;
    for (std::size_t at = 0; at < colored.size(); ++at) {
        if (colored[at] == '\x1b')
            at = colored.find('m', at);
        else
            bare += colored[at];
    }
    BOOST_TEST(bare == sys::plain_line(line(LogLevel::error)));
}

BOOST_AUTO_TEST_CASE(json_has_the_fields_beside_its_own_and_never_twice) {
    LogLine odd = line(LogLevel::warning);
    odd.fields = {{"account", "ne\"ws\\"}, {"message", "another"}};
    BOOST_TEST(sys::json_line(odd) == "{\"time\":\"2026-11-24T09:00:00Z\",\"level\":\"warning\","
                                      "\"event\":\"post.published\",\"message\":\"news: published\","
                                      "\"account\":\"ne\\\"ws\\\\\",\"message_\":\"another\"}");
}

BOOST_AUTO_TEST_CASE(the_journal_gets_priority_and_fields_of_its_own) {
    const std::vector<std::string> expected{"MESSAGE=news: published", "PRIORITY=3",
                                            "SYSLOG_IDENTIFIER=crier", "CRIER_EVENT=post.published",
                                            "CRIER_ACCOUNT=news",      "CRIER_URL=https://m.example/@news/1",
                                            "CRIER_TEXT=two words"};
    BOOST_TEST(sys::journal_fields(line(LogLevel::error)) == expected, boost::test_tools::per_element());
    LogLine odd = saying("m");
    odd.level = LogLevel::debug;
    odd.fields = {{"due-at\n2", "x"}};
    BOOST_TEST(sys::journal_fields(odd)[1] == "PRIORITY=7");
    BOOST_TEST(sys::journal_fields(odd)[4] == "CRIER_DUE_AT_2=x");
}

BOOST_AUTO_TEST_CASE(nothing_that_a_terminal_obeys_gets_through) {
    const std::string evil = "a\x1b[2Jb\nc\rd\te\x7f"
                             "f\xc2\x9b"
                             "31mg\xe2\x80\xae"
                             "h\xff"
                             "i";
    const std::string shown = "a\\x1b[2Jb\\nc\\rd\\te\\x7ff\\u009b31mg\\u202eh\\xffi";
    BOOST_TEST(sys::plain_line(saying(evil)) == "2026-11-24T09:00:00Z info e: " + shown);
    BOOST_TEST(sys::journal_fields(saying(evil))[0] == "MESSAGE=" + shown);
    BOOST_TEST(sys::json_line(saying(evil))
                   .find("\"a\\u001b[2Jb\\nc\\rd\\te\\u007ff\\u009b31mg\\u202eh\xef\xbf\xbdi\"") !=
               std::string::npos);
    LogLine field = saying("m");
    field.fields = {{"title", evil}};
    for (const std::string& text :
         {sys::plain_line(field), sys::journal_fields(field)[4], sys::json_line(field)})
        for (const char c : text)
            BOOST_TEST((static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
}

BOOST_AUTO_TEST_CASE(letters_of_all_languages_stay) {
    const std::string text = "\xc3\xa9t\xc3\xa9 \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x90\x98";
    BOOST_TEST(sys::plain_line(saying(text)).find(text) != std::string::npos);
    BOOST_TEST(sys::json_line(saying(text)).find(text) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(auto_goes_by_where_standard_error_leads) {
    LogPlace journal{true, true, false, false};
    LogPlace terminal{true, false, true, false};
    LogPlace file{true, false, false, false};
    BOOST_TEST((sys::choose_format("auto", journal) == LogFormat::journald));
    BOOST_TEST((sys::choose_format("auto", terminal) == LogFormat::color));
    BOOST_TEST((sys::choose_format("auto", file) == LogFormat::plain));
    terminal.no_color = true;
    BOOST_TEST((sys::choose_format("auto", terminal) == LogFormat::plain));
    BOOST_TEST((sys::choose_format("color", terminal) == LogFormat::color)); // asked for by name
    BOOST_TEST((sys::choose_format("plain", journal) == LogFormat::plain));
    BOOST_TEST((sys::choose_format("json", journal) == LogFormat::json));
    BOOST_TEST((sys::choose_format("journald", file) == LogFormat::journald));
    file.journal_open = false;
    BOOST_TEST((sys::choose_format("journald", file) == LogFormat::plain));
}

BOOST_AUTO_TEST_CASE(every_level_of_the_configuration_is_known) {
    BOOST_TEST((sys::read_level("trace") == LogLevel::debug));
    BOOST_TEST((sys::read_level("debug") == LogLevel::debug));
    BOOST_TEST((sys::read_level("info") == LogLevel::info));
    BOOST_TEST((sys::read_level("warning") == LogLevel::warning));
    BOOST_TEST((sys::read_level("error") == LogLevel::error));
    BOOST_TEST(!sys::read_level("loud"));
}

BOOST_AUTO_TEST_CASE(a_field_without_a_value_is_left_out) {
    const test::CapturedFile file;
    sys::LogOutput output;
    output.file = file.get();
    output.now = [] { return nine; };
    sys::LogSink log{"info", output};
    log.info("a.b", "c", {{"hint", ""}, {"why", "because"}});
    BOOST_TEST(file.text() == "2026-11-24T09:00:00Z info a.b: c why=because\n");
}

BOOST_AUTO_TEST_CASE(lines_below_the_level_are_not_written) {
    const test::CapturedFile file;
    sys::LogOutput output;
    output.file = file.get();
    output.now = [] { return nine; };
    sys::LogSink log{"warning", output};
    log.debug("a", "no");
    log.info("b", "no");
    log.warning("c", "yes");
    log.error("d", "yes", {{"why", "because"}});
    BOOST_TEST(file.text() ==
               "2026-11-24T09:00:00Z warning c: yes\n2026-11-24T09:00:00Z error d: yes why=because\n");
}

BOOST_AUTO_TEST_CASE(a_line_that_the_journal_does_not_take_goes_to_the_file) {
    const test::CapturedFile file;
    sys::LogOutput output;
    output.format = LogFormat::journald;
    output.file = file.get();
    output.now = [] { return nine; };
    output.journal = [](const std::vector<std::string>&) { return false; };
    sys::LogSink log{"info", output};
    log.info("a", "kept");
    BOOST_TEST(file.text() == "2026-11-24T09:00:00Z info a: kept\n");
}

BOOST_AUTO_TEST_CASE(what_a_stuck_journal_loses_is_counted_and_told_when_it_takes_lines_again) {
    const test::CapturedFile file;
    bool stuck = true;
    std::vector<std::string> taken;
    sys::LogOutput output;
    output.format = LogFormat::journald;
    output.file = file.get();
    output.file_is_journal = true; // a write there would wait as long as the journal hangs
    output.now = [] { return nine; };
    output.journal = [&](const std::vector<std::string>& fields) {
        if (!stuck)
            taken.push_back(fields.front());
        return !stuck;
    };
    sys::LogSink log{"info", output};
    log.info("a", "one");
    log.info("b", "two");
    BOOST_TEST(file.text() == "");
    stuck = false;
    log.info("c", "three");
    log.info("d", "four");
    const std::vector<std::string> expected{"MESSAGE=2 lines were lost: the journal did not take them",
                                            "MESSAGE=three", "MESSAGE=four"};
    BOOST_TEST(taken == expected, boost::test_tools::per_element());
    BOOST_TEST(file.text() == "");
}

BOOST_AUTO_TEST_SUITE_END()
