/// Files as a clerk would send them.
enum Files {
    static let sites = """
        site,name,name_zh,region,region_name,region_name_zh,opened_on,closed_on,aliases
        QS-001,Qingshan First,青山第一门诊,QS,Qingshan,青山省,2020-01-01,,OLD-1
        QS-002,Qingshan Second,青山第二门诊,QS,Qingshan,青山省,2020-01-01,,
        YH-001,Yunhe First,云河第一门诊,YH,Yunhe,云河省,2020-01-01,2026-02-28,

        """
    static let header =
        "site,month,opening,new,readmitted,transferred_in,exit_dropout,exit_transferred,exit_completed,"
        + "exit_disciplinary,exit_detained,exit_hospital,exit_moved,exit_died,exit_other,closing,clients_dosed,client_days,"
        + "tests_scheduled,tests_done,tests_positive,clients_tested,clients_positive\n"

    /// A row that breaks nothing: 100 + 5 in, 4 out.
    static func row(_ site: String, _ month: String, dropout: String = "3", closing: String = "101") -> String {
        "\(site),\(month),100,3,1,1,\(dropout),1,0,0,0,0,0,0,0,\(closing),100,2800,90,85,20,80,18\n"
    }
}
