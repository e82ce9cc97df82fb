#include "cluster.hpp"

#include "support/temporary.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace crier::test {

namespace {

namespace fs = std::filesystem;

/// The newest of Debian's.
std::string programs() {
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{"/usr/lib/postgresql", error})
        if (fs::exists(entry.path() / "bin/postgres"))
            found.push_back(entry.path() / "bin");
    if (found.empty())
        throw std::runtime_error{"no PostgreSQL is installed: scripts/setup postgres"};
    return std::max_element(found.begin(), found.end())->string();
}

class Cluster {
public:
    Cluster()
        : folder_("/tmp") {
        const std::string bin = programs();
        if (const passwd* user = ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr; user != nullptr) {
            user_ = user->pw_uid;
            group_ = user->pw_gid;
            if (::chown(folder_.path().c_str(), user_, group_) != 0)
                throw std::runtime_error{"chown"};
        }
        const std::string data = folder_ / "data";
        const pid_t init = start({bin + "/initdb", "-D", data, "-U", "crier", "-A", "trust", "--no-sync",
                                  "-E", "UTF8", "--locale=C"});
        int status = 0;
        if (::waitpid(init, &status, 0) != init || status != 0)
            throw std::runtime_error{"initdb does not succeed: " + folder_.path()};
        server_ = start({bin + "/postgres", "-D", data, "-k", folder_.path(), "-c", "listen_addresses=", "-c",
                         "fsync=off", "-c", "full_page_writes=off", "-c", "autovacuum=off", "-c",
                         "max_connections=40", "-c", "shared_buffers=32MB"});
        const std::string url = "postgresql:///postgres?user=crier&host=" + folder_.path();
        for (int tries = 0; PQping(url.c_str()) != PQPING_OK; ++tries) {
            if (tries > 3000 || ::waitpid(server_, &status, WNOHANG) == server_)
                throw std::runtime_error{"PostgreSQL does not start: " + folder_.path()};
            ::usleep(10000);
        }
    }
    ~Cluster() {
        ::kill(server_, SIGQUIT); // what is in it goes anyway
        ::waitpid(server_, nullptr, 0);
    }
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;

    [[nodiscard]] const std::string& folder() const noexcept { return folder_.path(); }

private:
    /// As a user that the server takes, and not longer than this program.
    [[nodiscard]] pid_t start(std::vector<std::string> words) const {
        std::vector<char*> argv;
        for (std::string& word : words)
            argv.push_back(word.data());
        argv.push_back(nullptr);
        const pid_t parent = ::getpid();
        const pid_t child = ::fork();
        if (child != 0)
            return child;
        const int log = ::open("/dev/null", O_RDWR);
        for (const int out : {0, 1, 2})
            ::dup2(log, out);
        if (user_ != 0 && (::setgroups(0, nullptr) != 0 || ::setgid(group_) != 0 || ::setuid(user_) != 0))
            ::_exit(1);
        ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
        if (::getppid() != parent || ::chdir("/") != 0)
            ::_exit(1);
        ::execv(argv[0], argv.data());
        ::_exit(1);
    }

    TemporaryDirectory folder_;
    uid_t user_ = 0;
    gid_t group_ = 0;
    pid_t server_ = -1;
};

std::string schema_of(const std::string& path) {
    return "s" + std::to_string(std::hash<std::string>{}(path));
}

} // namespace

const std::string& cluster_folder() {
    static const Cluster cluster;
    return cluster.folder();
}

std::string url_of(const std::string& path, const std::string& folder) {
    return "postgresql:///postgres?user=crier&host=" + folder + "&options=-csearch_path%3D" + schema_of(path);
}

store::PostgresOptions postgres_options(const std::string& path) {
    store::PostgresOptions options;
    options.target.url = url_of(path);
    options.name = "here";
    return options;
}

void make_schema(const std::string& path) {
    RawPostgres{path}.run("CREATE SCHEMA IF NOT EXISTS " + schema_of(path));
}

RawPostgres::RawPostgres(const std::string& path)
    : database_(postgres_options(path).target, nullptr) {
    const Result<> connected = database_.connect();
    BOOST_REQUIRE_MESSAGE(connected, (connected ? std::string{} : connected.error().message));
}

void RawPostgres::run(const std::string& sql) {
    const Result<> done = database_.run(sql);
    BOOST_REQUIRE_MESSAGE(done, (done ? std::string{} : done.error().message));
}

std::string RawPostgres::ask(const std::string& sql) {
    // As text, whatever it is.
    const Result<std::string> answer = database_.ask("SELECT (" + sql + ")::text");
    BOOST_REQUIRE_MESSAGE(answer, (answer ? std::string{} : answer.error().message));
    return *answer;
}

} // namespace crier::test
