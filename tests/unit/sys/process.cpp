#include "sys/process.hpp"

#include "sys/random.hpp"

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <set>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace crier;

namespace {

/// What a protected process looks like from inside; a bit for each thing that is not as it should be.
int faults_after_protection(int inherited) {
    ::close(STDIN_FILENO);
    sys::protect_process();
    int faults = 0;
    if (::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0)
        faults |= 1;
    rlimit limit{};
    ::getrlimit(RLIMIT_CORE, &limit);
    if (limit.rlim_cur != 0 || limit.rlim_max != 0)
        faults |= 2;
    if (::umask(0) != 0077)
        faults |= 4;
    if (::fcntl(STDIN_FILENO, F_GETFD) < 0)
        faults |= 8;
    if ((::fcntl(inherited, F_GETFD) & FD_CLOEXEC) == 0)
        faults |= 16;
    ::getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < limit.rlim_max && limit.rlim_cur < 65536)
        faults |= 32;
    return faults;
}

} // namespace

BOOST_AUTO_TEST_SUITE(process)

BOOST_AUTO_TEST_CASE(a_protected_process_dumps_nothing_and_opens_nothing_to_others) {
    const int inherited = ::open("/dev/null", O_RDONLY);
    BOOST_REQUIRE(inherited > 2);
    const pid_t child = ::fork();
    BOOST_REQUIRE(child >= 0);
    if (child == 0)
        ::_exit(faults_after_protection(inherited));
    int status = -1;
    BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
    ::close(inherited);
    BOOST_REQUIRE(WIFEXITED(status));
    BOOST_TEST(WEXITSTATUS(status) == 0);
}

BOOST_AUTO_TEST_CASE(two_random_sources_differ_and_stay_below_the_bound) {
    const auto one = sys::make_system_random();
    const auto other = sys::make_system_random();
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 100; ++i) {
        seen.insert(one->next());
        seen.insert(other->next());
        BOOST_TEST(one->below(7) < 7U);
    }
    BOOST_TEST(seen.size() == 200U);
    BOOST_TEST(one->below(0) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
