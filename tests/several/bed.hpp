#pragma once

#include "programs/postgres.hpp"
#include "programs/process.hpp"
#include "programs/sandbox.hpp"
#include "proxy.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace crier::test {

/// Three real daemons on one PostgreSQL, each with a way of its own to it, and a sandbox with an account for
/// each of six entries, which fire every other second.
class SeveralBed {
public:
    static constexpr std::size_t daemon_count = 3;
    static constexpr std::size_t account_count = 6;

    SeveralBed();

    void start(std::size_t daemon);
    [[nodiscard]] Process& daemon(std::size_t number) { return *daemons_.at(number); }
    [[nodiscard]] bool runs(std::size_t number) {
        return daemons_.at(number) && daemons_.at(number)->running();
    }
    [[nodiscard]] CutProxy& way(std::size_t daemon) { return *ways_.at(daemon); }
    [[nodiscard]] PostgresServer& database() noexcept { return database_; }
    [[nodiscard]] std::string folder(std::size_t daemon) const;
    [[nodiscard]] Sandbox& sandbox() noexcept { return sandbox_; }
    [[nodiscard]] Finished crier(std::size_t daemon, std::vector<std::string> arguments);

    /// How many accounts each daemon that is alive holds, by the database.
    [[nodiscard]] std::map<std::string, int> holders() const;
    [[nodiscard]] std::vector<std::string> timeline() { return sandbox_.timeline(); }
    /// What an entry has not posted between its first and its last status, and what it has posted twice.
    struct Faults {
        std::vector<std::string> lost;
        std::vector<std::string> doubled;
        std::map<std::string, std::string> newest; ///< by entry: the last instant that is there
    };
    [[nodiscard]] Faults faults();
    /// All entries are out up to a moment after this one, and none before is missing.
    [[nodiscard]] bool caught_up_since(std::time_t moment);
    [[nodiscard]] std::string logs() const;

private:
    TempDir directory_;
    Sandbox sandbox_;
    PostgresServer database_;
    std::vector<std::unique_ptr<CutProxy>> ways_;
    std::vector<std::unique_ptr<Process>> daemons_;
};

} // namespace crier::test
