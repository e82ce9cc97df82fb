#include "sys/command_runner.hpp"

#include "support/coro.hpp"
#include "support/temporary.hpp"
#include "sys/worker_pool.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <exception>
#include <fcntl.h>
#include <memory>
#include <string>
#include <unistd.h>

using namespace crier;
namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

struct RunnerWorld {
    asio::io_context context{1};
    std::unique_ptr<WorkerPool> pool = sys::make_worker_pool(context.get_executor(), 2, "program");
    sys::Environment environment{sys::Environment::Values{{"PATH", "/usr/bin:/bin"},
                                                          {"LANG", "C.UTF-8"},
                                                          {"MASTODON_ACCESS_TOKEN", "secret-token"},
                                                          {"CREDENTIALS_DIRECTORY", "/run/secret"}}};
    std::unique_ptr<CommandRunner> runner = sys::make_command_runner(*pool, environment);

    [[nodiscard]] static ProgramRun shell(const std::string& script) {
        ProgramRun program;
        program.arguments = {"/bin/sh", "-c", script};
        program.timeout = 20s;
        return program;
    }
    Result<ProgramEnd> run(ProgramRun program) { return test::run(context, runner->run(std::move(program))); }
    Result<ProgramEnd> run(const std::string& script) { return run(shell(script)); }
};

} // namespace

BOOST_AUTO_TEST_SUITE(command_runner)

BOOST_AUTO_TEST_CASE(output_errors_and_code_are_told_apart) {
    RunnerWorld world;
    const Result<ProgramEnd> end = world.run("echo out; echo wrong >&2; printf more; exit 3");
    BOOST_REQUIRE(end);
    BOOST_TEST(end->code == 3);
    BOOST_TEST(!end->late);
    BOOST_TEST(end->output == "out\nmore");
    BOOST_TEST(end->errors == "wrong\n");
    BOOST_TEST(world.run("kill -KILL $$")->code == 128 + 9);
}

BOOST_AUTO_TEST_CASE(it_reads_its_input_and_its_arguments_as_they_are) {
    RunnerWorld world;
    ProgramRun program = RunnerWorld::shell("cat; echo \"$0|$1\"");
    program.arguments.insert(program.arguments.end(), {"$(x)", "two words; `y`"});
    program.input = std::string(300'000, 'x') + "\n";
    const std::string input = program.input;
    const Result<ProgramEnd> end = world.run(std::move(program));
    BOOST_REQUIRE(end);
    BOOST_TEST((end->output == input + "$(x)|two words; `y`\n"));
}

BOOST_AUTO_TEST_CASE(the_environment_is_chosen_by_name_and_added_to) {
    RunnerWorld world;
    ProgramRun program;
    program.arguments = {"/usr/bin/env"};
    program.environment = {"CRIER_ENTRY=quotes", "LANG=de_DE.UTF-8"};
    const Result<ProgramEnd> end = world.run(std::move(program));
    BOOST_REQUIRE(end);
    BOOST_TEST(end->output == "CRIER_ENTRY=quotes\nLANG=de_DE.UTF-8\nPATH=/usr/bin:/bin\n");
}

BOOST_AUTO_TEST_CASE(as_much_output_as_is_allowed_comes_whole_and_more_is_a_failure) {
    RunnerWorld world;
    const Result<ProgramEnd> most = world.run("head -c 1048576 /dev/zero");
    BOOST_REQUIRE(most);
    BOOST_TEST(most->output.size() == 1'048'576U);
    const Result<ProgramEnd> more = world.run("head -c 1048577 /dev/zero");
    BOOST_REQUIRE(!more);
    BOOST_TEST(more.error().message == "/bin/sh wrote more than 1 MiB");
    BOOST_TEST((more.error().cause == Cause::server));
    ProgramRun few = RunnerWorld::shell("echo 12345");
    few.most_output = 5;
    BOOST_TEST(world.run(std::move(few)).error().message == "/bin/sh wrote more than 5 bytes");
}

BOOST_AUTO_TEST_CASE(output_without_end_is_not_waited_for) {
    RunnerWorld world;
    ProgramRun program = RunnerWorld::shell("yes");
    program.timeout = 1h;
    BOOST_TEST(world.run(std::move(program)).error().message == "/bin/sh wrote more than 1 MiB");
    // Errors are kept as far as somebody reads them, and are no reason to end it.
    const Result<ProgramEnd> loud = world.run("head -c 300000 /dev/zero >&2; echo done");
    BOOST_REQUIRE(loud);
    BOOST_TEST(loud->output == "done\n");
    BOOST_TEST(loud->errors.size() == 4096U);
}

BOOST_AUTO_TEST_CASE(what_takes_too_long_is_ended_and_said_to_be_late) {
    RunnerWorld world;
    ProgramRun program = RunnerWorld::shell("echo first; sleep 1000 & wait");
    program.timeout = 200ms;
    const Result<ProgramEnd> end = world.run(std::move(program));
    BOOST_REQUIRE(end);
    BOOST_TEST(end->late);
}

BOOST_AUTO_TEST_CASE(a_program_that_cannot_be_started_says_why) {
    RunnerWorld world;
    const test::TemporaryDirectory directory;
    ProgramRun program;
    program.arguments = {directory / "nothing"};
    const Result<ProgramEnd> missing = world.run(program);
    BOOST_REQUIRE(!missing);
    BOOST_TEST((missing.error().cause == Cause::not_found));
    BOOST_TEST(missing.error().message ==
               directory / "nothing" + " cannot be run: No such file or directory");
    program.arguments = {directory.file("barred", "#!/bin/sh\n", 0600)};
    BOOST_TEST((world.run(program).error().cause == Cause::permission));
}

BOOST_AUTO_TEST_CASE(whoever_stops_waiting_ends_it_also_while_it_waits_its_turn) {
    RunnerWorld world;
    asio::cancellation_signal cancel[3]; // two run, one waits
    int ended = 0;
    for (asio::cancellation_signal& one : cancel) {
        ProgramRun program = RunnerWorld::shell("sleep 1000 & wait");
        program.timeout = 1h;
        asio::co_spawn(world.context, world.runner->run(std::move(program)),
                       asio::bind_cancellation_slot(
                           one.slot(), [&ended](std::exception_ptr, Result<ProgramEnd>) { ++ended; }));
    }
    asio::post(world.context, [&cancel] {
        for (asio::cancellation_signal& one : cancel)
            one.emit(asio::cancellation_type::terminal);
    });
    while (ended < 3 && world.context.run_one() > 0)
        continue;
    BOOST_TEST(ended == 3);
}

BOOST_AUTO_TEST_CASE(it_is_given_nothing_else_that_is_open) {
    RunnerWorld world;
    const int ours = ::open("/dev/null", O_RDONLY); // as a socket of Asio's, without FD_CLOEXEC
    const int high = ::fcntl(ours, F_DUPFD, 40);
    const Result<ProgramEnd> end =
        world.run("[ -e /proc/$$/fd/" + std::to_string(ours) + " ] && echo low; [ -e " + "/proc/$$/fd/" +
                  std::to_string(high) + " ] && echo high; true");
    ::close(ours);
    ::close(high);
    BOOST_REQUIRE(end);
    BOOST_TEST(end->output == "");
}

BOOST_AUTO_TEST_SUITE_END()
