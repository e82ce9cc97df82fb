#pragma once

#include <memory>
#include <string>

namespace crier::test {

/// A way to a PostgreSQL's socket that can be cut: then nothing comes through in either direction, and nobody
/// is told, as when a network is parted.
///
/// Thread: any; it works on one of its own.
class CutProxy {
public:
    /// `folder` gets a socket like the one in `server`.
    CutProxy(const std::string& folder, const std::string& server);
    ~CutProxy();
    CutProxy(const CutProxy&) = delete;
    CutProxy& operator=(const CutProxy&) = delete;

    void cut(bool on);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace crier::test
