#pragma once

#include <memory>
#include <string>

namespace crier::commands::test {

/// A server on loopback that answers every request with one document, from a thread of its own, until it is
/// destroyed.
class ServedDocument {
public:
    ServedDocument();
    ServedDocument(const ServedDocument&) = delete;
    ServedDocument& operator=(const ServedDocument&) = delete;
    ~ServedDocument();

    /// What is served from now on; without a content type there is no such field. Not while a request is on
    /// its way.
    void serve(std::string document, std::string content_type);
    /// "http://127.0.0.1:4711", and then the path.
    [[nodiscard]] std::string url(const std::string& path) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace crier::commands::test
