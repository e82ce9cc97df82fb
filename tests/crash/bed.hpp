#pragma once

#include "crash/disk.hpp"
#include "crash/plan.hpp"
#include "programs/process.hpp"
#include "programs/sandbox.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <string>
#include <vector>

namespace crier::crash {

/// A server, a configuration and the daemon on it, which is started and killed.
class Bed {
public:
    Bed(const Options& options, const Plan& plan);

    /// One life more; its output has a file of its own.
    void start();
    /// Whether the daemon has said in this life that it is ready.
    [[nodiscard]] bool ready() const;
    [[nodiscard]] bool running() { return daemon_ && daemon_->running(); }
    void kill();
    /// SIGTERM; the exit code.
    int stop();

    [[nodiscard]] test::Finished crier(std::vector<std::string> arguments) const;
    /// Posts in each state, as `crier status` counts them; nothing: nobody answers.
    [[nodiscard]] boost::json::object counts() const;
    [[nodiscard]] std::vector<boost::json::object> outbox() const;

    /// What this life has said so far.
    [[nodiscard]] std::string output() const { return test::read_file(output_file_); }
    [[nodiscard]] const test::TempDir& directory() const noexcept { return directory_; }
    [[nodiscard]] test::Sandbox& sandbox() noexcept { return sandbox_; }
    [[nodiscard]] Disk& disk() noexcept { return disk_; }
    [[nodiscard]] std::string picture() const { return directory_.file("picture.png"); }

private:
    test::TempDir directory_;
    test::Sandbox sandbox_;
    Disk disk_;
    test::Process::Environment environment_;
    std::unique_ptr<test::Process> daemon_;
    std::string output_file_;
    int lives_ = 0;
};

} // namespace crier::crash
