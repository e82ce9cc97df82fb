#include "plugin/object_reader.hpp"

#include "plugin/object_file.hpp"
#include "plugin/program_end.hpp"
#include "ports/own_program.hpp"

#include <utility>

namespace crier::plugin {

namespace asio = boost::asio;

namespace {

/// As much as a document may have, and what JSON makes of it.
constexpr std::size_t most_reply = std::size_t{64} << 20U;

/// A person who reads this thinks of the shared object, not of the process that held it.
Failure named(const ObjectProcess& process, Failure failure) {
    if (failure.message.compare(0, process.program.size(), process.program) == 0)
        failure.message.replace(0, process.program.size(), process.object);
    failure.hint = "try it with `crier plugin test " + process.object + "`";
    return failure;
}

asio::awaitable<Result<ProgramEnd>> ask(const ObjectProcess& process, std::string request) {
    if (const Result<> checked = check_object_file(process.object); !checked)
        co_return checked.error();
    ProgramRun run;
    run.arguments = {process.program, "plugin", "serve", process.object};
    run.input = std::move(request);
    run.timeout = process.timeout;
    run.most_output = most_reply;
    run.most_memory = own_memory(process.most_memory);
    Result<ProgramEnd> end = co_await process.runner.run(std::move(run));
    if (!end)
        co_return named(process, end.error());
    if (const Result<> good = judge_end(process.object, *end, process.timeout); !good)
        co_return named(process, good.error());
    co_return end;
}

class ObjectReader final : public Reader {
public:
    ObjectReader(ObjectProcess process, ObjectInfo info, Options settings)
        : process_(std::move(process))
        , info_(std::move(info))
        , settings_(std::move(settings)) {}

    [[nodiscard]] std::uint32_t capabilities() const noexcept override { return info_.capabilities; }
    [[nodiscard]] bool has(Entrance entrance) const noexcept override {
        return entrance == Entrance::parse ||
               (entrance == Entrance::begin ? info_.begins : info_.reads_pages);
    }

    asio::awaitable<Result<Parsed>> read(Entrance entrance, Material material) override {
        ObjectRequest request;
        request.entrance = entrance;
        request.settings = settings_;
        request.material = std::move(material);
        const Result<ProgramEnd> end = co_await ask(process_, write_request(request));
        if (!end)
            co_return end.error();
        Result<Parsed> parsed = read_reply(end->output);
        if (!parsed)
            co_return parsed.error();
        for (std::string& complaint : complaints_in(end->errors))
            parsed->warnings.push_back(complaint.insert(0, info_.name + " says: "));
        co_return parsed;
    }

private:
    ObjectProcess process_;
    ObjectInfo info_;
    Options settings_;
};

} // namespace

asio::awaitable<Result<ObjectInfo>> describe_object(const ObjectProcess& process) {
    ObjectRequest request;
    request.describe = true;
    const Result<ProgramEnd> end = co_await ask(process, write_request(request));
    if (!end)
        co_return end.error();
    co_return read_info(end->output);
}

std::shared_ptr<Reader> make_object_reader(ObjectProcess process, ObjectInfo info, Options settings) {
    return std::make_shared<ObjectReader>(std::move(process), std::move(info), std::move(settings));
}

} // namespace crier::plugin
