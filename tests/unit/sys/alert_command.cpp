#include "sys/alert_command.hpp"

#include "support/coro.hpp"
#include "support/temporary.hpp"
#include "sys/command.hpp"
#include "sys/redacted_alerter.hpp"
#include "sys/worker_pool.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace crier;
namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

std::string content_of(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

Alert an_alert() {
    Alert alert;
    alert.what.kind = AlertKind::token;
    alert.what.subject = "account:news";
    alert.what.text = "it's $(dead); `rm`";
    alert.what.action = "put a new one there";
    alert.what.since = *from_rfc3339("2026-11-24T12:00:00Z");
    alert.json = R"({"kind":"token"})";
    return alert;
}

struct AlertWorld {
    asio::io_context context{1};
    std::unique_ptr<WorkerPool> pool = sys::make_worker_pool(context.get_executor(), 1, "alert");
    test::TemporaryDirectory directory;
    sys::Environment environment{sys::Environment::Values{{"PATH", "/usr/bin:/bin"},
                                                          {"MASTODON_ACCESS_TOKEN", "secret-token"},
                                                          {"CREDENTIALS_DIRECTORY", "/run/secret"}}};

    std::string script(const std::string& text) {
        return directory.file("notify", "#!/bin/sh\n" + text + "\n", 0700);
    }
    Result<> deliver(const std::string& program, std::chrono::milliseconds timeout = 20s) {
        const auto alerter =
            sys::make_command_alerter(*pool, {program, "one", "two words"}, environment, timeout);
        return test::run(context, alerter->deliver(an_alert()));
    }
};

/// Killed, it ends as soon as the machine gets to it; its new parent may still have to reap it.
bool has_ended(int pid) {
    const int process = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
    if (process < 0)
        return true; // there is no such process any more
    pollfd ended{process, POLLIN, 0};
    const bool yes = ::poll(&ended, 1, 20'000) == 1;
    ::close(process);
    return yes;
}

} // namespace

BOOST_AUTO_TEST_SUITE(alert_command)

BOOST_AUTO_TEST_CASE(the_program_reads_the_alert_and_has_it_in_its_environment_and_no_token) {
    AlertWorld world;
    const std::string out = world.directory / "out";
    const Result<> delivered = world.deliver(world.script("{ cat; env; echo \"$1|$2\"; } > " + out));
    BOOST_TEST(delivered.has_value());
    const std::string seen = content_of(out);
    BOOST_TEST(has(seen, "{\"kind\":\"token\"}\n"));
    BOOST_TEST(has(seen, "one|two words\n"));
    BOOST_TEST(has(seen, "CRIER_ALERT_KIND=token\n"));
    BOOST_TEST(has(seen, "CRIER_ALERT_SUBJECT=account:news\n"));
    BOOST_TEST(has(seen, "CRIER_ALERT_TEXT=it's $(dead); `rm`\n"));
    BOOST_TEST(has(seen, "CRIER_ALERT_ACTION=put a new one there\n"));
    BOOST_TEST(has(seen, "CRIER_ALERT_SINCE=2026-11-24T12:00:00Z\n"));
    BOOST_TEST(has(seen, "CRIER_ALERT_STATE=on\n"));
    BOOST_TEST(has(seen, "PATH=/usr/bin:/bin\n"));
    BOOST_TEST(!has(seen, "secret"));
}

BOOST_AUTO_TEST_CASE(a_token_that_a_server_repeats_is_not_handed_on) {
    AlertWorld world;
    const std::string out = world.directory / "out";
    sys::Redactor redactor;
    redactor.keep_out(Secret{"secret-token"});
    const auto alerter = sys::make_redacted(
        sys::make_command_alerter(*world.pool, {world.script("{ cat; env; } > " + out)}, world.environment),
        redactor);
    Alert alert = an_alert();
    alert.what.text = "401: secret-token is no good";
    alert.json = R"({"text":"401: secret-token is no good"})";
    BOOST_TEST(test::run(world.context, alerter->deliver(std::move(alert))).has_value());
    BOOST_TEST(has(content_of(out), "CRIER_ALERT_TEXT=401: [redacted] is no good\n"));
    BOOST_TEST(!has(content_of(out), "secret-token"));
}

BOOST_AUTO_TEST_CASE(a_program_that_fails_says_why) {
    AlertWorld world;
    const Result<> failed = world.deliver(world.script("echo no mail server >&2; exit 3"));
    BOOST_REQUIRE(!failed);
    BOOST_TEST(failed.error().message == "it ended with 3: no mail server");
    const Result<> killed = world.deliver(world.script("kill -TERM $$"));
    BOOST_TEST(killed.error().message == "it ended with 143");
}

BOOST_AUTO_TEST_CASE(a_program_that_cannot_be_run_says_why) {
    AlertWorld world;
    const Result<> missing = world.deliver(world.directory / "nothing");
    BOOST_REQUIRE(!missing);
    BOOST_TEST((missing.error().cause == Cause::not_found));
    BOOST_TEST(has(missing.error().message, "nothing cannot be run: No such file"));
    const Result<> barred = world.deliver(world.directory.file("barred", "#!/bin/sh\n", 0600));
    BOOST_TEST(has(barred.error().message, "Permission denied"));
}

BOOST_AUTO_TEST_CASE(a_program_that_takes_too_long_is_ended_with_all_that_it_started) {
    AlertWorld world;
    const std::string pids = world.directory / "pids";
    const Result<> late = world.deliver(world.script("sleep 1000 & echo $! > " + pids + "; wait"), 300ms);
    BOOST_REQUIRE(!late);
    BOOST_TEST(has(late.error().message, "took too long"));
    const int child = std::stoi(content_of(pids));
    BOOST_TEST(has_ended(child));
}

BOOST_AUTO_TEST_CASE(what_it_starts_and_leaves_running_is_not_waited_for) {
    AlertWorld world;
    const auto begun = std::chrono::steady_clock::now();
    BOOST_TEST(world.deliver(world.script("sleep 5 & exit 0")).has_value());
    BOOST_TEST((std::chrono::steady_clock::now() - begun < 4s));
}

BOOST_AUTO_TEST_CASE(a_program_that_reads_nothing_and_one_that_says_too_much_are_no_trouble) {
    sys::Command command;
    command.environment = {"PATH=/usr/bin:/bin"};
    command.input = std::string(1'000'000, 'x');
    const std::atomic<bool> stop = false;
    command.arguments = {"/bin/true"};
    const Result<sys::Ended> deaf = sys::run_command(command, stop);
    BOOST_REQUIRE(deaf);
    BOOST_TEST(deaf->code == 0);
    command.arguments = {"/bin/cat"};
    const Result<sys::Ended> loud = sys::run_command(command, stop);
    BOOST_REQUIRE(loud);
    BOOST_TEST(loud->code == 0);
    BOOST_TEST(loud->output.size() == command.most_output);
}

BOOST_AUTO_TEST_CASE(who_is_stopped_does_not_wait_for_it) {
    AlertWorld world;
    const auto alerter =
        sys::make_command_alerter(*world.pool, {"/bin/sleep", "1000"}, world.environment, 60s);
    asio::cancellation_signal cancel;
    bool done = false;
    asio::co_spawn(
        world.context, alerter->deliver(an_alert()),
        asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr, Result<>) { done = true; }));
    asio::post(world.context, [&] { cancel.emit(asio::cancellation_type::terminal); });
    const auto begun = std::chrono::steady_clock::now();
    while (!done && world.context.run_one() > 0)
        continue;
    BOOST_TEST(done);
    BOOST_TEST((std::chrono::steady_clock::now() - begun < 30s));
}

BOOST_AUTO_TEST_SUITE_END()
