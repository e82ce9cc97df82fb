#include "programs/postgres.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <pwd.h>
#include <stdexcept>
#include <unistd.h>
#include <vector>

namespace crier::test {

namespace fs = std::filesystem;

namespace {

/// The newest of Debian's.
std::string programs_of_postgres() {
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{"/usr/lib/postgresql", error})
        if (fs::exists(entry.path() / "bin/postgres"))
            found.push_back(entry.path() / "bin");
    if (found.empty())
        throw std::runtime_error{"no PostgreSQL is installed: scripts/setup postgres"};
    return std::max_element(found.begin(), found.end())->string();
}

} // namespace

PostgresServer::PostgresServer(const TempDir& directory)
    : programs_(programs_of_postgres())
    , folder_(directory.file("postgres")) {
    fs::create_directory(folder_);
    if (::geteuid() == 0) {
        const passwd* user = ::getpwnam("postgres");
        if (user == nullptr || ::chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0)
            throw std::runtime_error{"there is no user postgres"};
        fs::permissions(directory.path(), fs::perms::others_exec, fs::perm_options::add);
    }
    const Finished made =
        run_command(as_server({programs_ + "/initdb", "-D", folder_ + "/data", "-U", "crier", "-A", "trust",
                               "--no-sync", "-E", "UTF8", "--locale=C"}),
                    {}, folder_);
    if (made.code != 0)
        throw std::runtime_error{"initdb: " + made.err};
    start();
}

PostgresServer::~PostgresServer() {
    stop();
}

std::vector<std::string> PostgresServer::as_server(std::vector<std::string> command) const {
    if (::geteuid() != 0)
        return command;
    std::vector<std::string> whole{"/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres",
                                   "--clear-groups"};
    whole.insert(whole.end(), command.begin(), command.end());
    return whole;
}

void PostgresServer::start() {
    process_ = std::make_unique<Process>(
        as_server({programs_ + "/postgres", "-D", folder_ + "/data", "-k", folder_, "-c",
                   "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c",
                   "max_connections=40", "-c", "shared_buffers=32MB"}),
        Process::Environment{}, folder_ + "/log");
    const auto ready = [this] {
        return run_command({programs_ + "/pg_isready", "-q", "-h", folder_, "-U", "crier"}, {}, folder_)
                   .code == 0;
    };
    if (!eventually(ready, std::chrono::seconds{30}))
        throw std::runtime_error{"PostgreSQL does not start: " + process_->output()};
}

void PostgresServer::stop() {
    if (!process_ || !process_->running())
        return;
    process_->signal(SIGQUIT);
    (void)process_->wait();
}

std::string PostgresServer::url(const std::string& folder) {
    return "postgresql:///postgres?user=crier&host=" + folder;
}

std::string PostgresServer::ask(const std::string& sql) const {
    const Finished told = run_command(
        {programs_ + "/psql", "-X", "-A", "-t", "-h", folder_, "-U", "crier", "-d", "postgres", "-c", sql},
        {}, folder_);
    if (told.code != 0)
        throw std::runtime_error{"psql: " + told.err};
    return told.out.substr(0, told.out.find('\n'));
}

} // namespace crier::test
