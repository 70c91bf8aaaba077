// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// The house (see ARCHITECTURE.md): arrows point one way, and only Postgres imports CLibPQ.
let package = Package(
    name: "mmt-monitor",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "mmt", targets: ["Monitor"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .systemLibrary(
            name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
        .systemLibrary(name: "CFileState"),
        .systemLibrary(name: "CIconv"),
        .systemLibrary(
            name: "CXlsxWriter", pkgConfig: "xlsxwriter",
            providers: [.apt(["libxlsxwriter-dev"]), .brew(["libxlsxwriter"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .target(name: "CSpecial"),
        .target(name: "Postgres", dependencies: ["CLibPQ"], swiftSettings: settings),
        .target(name: "Words", swiftSettings: settings),
        .target(name: "Metrics", dependencies: ["CSpecial"], swiftSettings: settings),
        .target(
            name: "Ingest",
            dependencies: [
                "CArchive", "CExpat", "CIconv", "CXlsxWriter", "Postgres", "Words",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "Monitor",
            dependencies: [
                "CFileState", "CIconv", "CZlib", "Ingest", "Metrics", "Postgres", "Words",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Hummingbird", package: "hummingbird", moduleAliases: ["Metrics": "SwiftMetrics"]),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),
        // The estimators timed beside R by `script/bench metrics`.
        .executableTarget(
            name: "MetricsBenchmark", dependencies: ["Metrics"], path: "script/benchmarks/metrics",
            swiftSettings: settings),
        // The estimators of trials timed beside R by `script/bench trial`.
        .executableTarget(
            name: "TrialBenchmark", dependencies: ["Metrics"], path: "script/benchmarks/trial",
            exclude: ["clusters.R", "logistic.R", "trial.R"], swiftSettings: settings),
        .testTarget(
            name: "MetricsTests", dependencies: ["Metrics"], exclude: ["Fixtures"], swiftSettings: settings),
        .testTarget(
            name: "PostgresTests", dependencies: ["Ingest", "Postgres", "TestCluster"], exclude: ["Fixtures"],
            swiftSettings: settings),
        .testTarget(
            name: "IngestTests", dependencies: ["CIconv", "Ingest", "Postgres", "TestCluster", "Words"],
            swiftSettings: settings),
        .testTarget(
            name: "MonitorTests",
            dependencies: [
                "CFileState", "CIconv", "Ingest", "Metrics", "Monitor", "Postgres", "TestCluster", "Words",
                .product(name: "Hummingbird", package: "hummingbird", moduleAliases: ["Metrics": "SwiftMetrics"]),
                .product(
                    name: "HummingbirdTesting", package: "hummingbird", moduleAliases: ["Metrics": "SwiftMetrics"]),
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Fixtures"], swiftSettings: settings),
        // A real PostgreSQL for the tests, with a database of its own for each suite.
        .target(
            name: "TestCluster", dependencies: ["Postgres", "Words", "Ingest"], path: "Tests/TestCluster",
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
